import { symlinkSync } from 'node:fs'
symlinkSync('../secret.yaml', 'folder/link.yaml')
