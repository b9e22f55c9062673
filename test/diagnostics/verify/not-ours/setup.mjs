import { writeFileSync } from 'node:fs'

const pdf = (trailer) => {
  const body = '%PDF-1.7\n1 0 obj\n<< /Creator (A word processor) /Title (Letter) >>\nendobj\n'
  const table = 'xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n'
  return `${body}${table}trailer\n<< /Size 2 /Info 1 0 R ${trailer} >>\nstartxref\n${body.length}\n%%EOF\n`
}
writeFileSync('letter.pdf', pdf(''))
writeFileSync('locked.pdf', pdf('/Encrypt 2 0 R'))
writeFileSync('packed.pdf', '%PDF-1.7\n1 0 obj\n<< /Type /XRef >>\nstream\nendstream\nendobj\nstartxref\n9\n%%EOF\n')
