import { writeFileSync } from 'node:fs'

writeFileSync('broken-off.pdf', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n')
writeFileSync('no-table.pdf', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n3\n%%EOF\n')
writeFileSync('more.pdf', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n9\n%%EOF\nx')
