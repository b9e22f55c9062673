import { symlinkSync } from 'node:fs'
symlinkSync('.', 'link')
