import { symlinkSync } from 'node:fs'

symlinkSync('elsewhere.yaml', 'press.yaml')
