import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'

/** An output that cannot be written, told by a diagnostic. */
export class PublishError extends Error {
  readonly diagnostic: Diagnostic
  /** Whether some files were replaced all the same, and could not be put back. */
  readonly isHalf: boolean
  constructor(diagnostic: Diagnostic, isHalf = false) {
    super(diagnostic.message)
    this.diagnostic = diagnostic
    this.isHalf = isHalf
  }
}

/**
 * Why a file cannot be written.
 *
 * @param error the system's
 * @param path the file as people named it
 */
export function cannotWrite(error: unknown, path: string): PublishError {
  const code = codeOf(error)
  if (isFull(code)) {
    return new PublishError(
      diagnose('publish/disk-full', `${path} cannot be written: there is no room left`, {
        hint: 'What was there before is untouched',
      }),
    )
  }
  return new PublishError(diagnose('publish/cannot-write', `${path} cannot be written: ${reasonOf(code)}`))
}

/**
 * Why files that were just made cannot be packed: somebody else removes or locks one of them.
 *
 * @param file the one that cannot be read, as people named it
 * @param archive where they were to be packed
 */
export function cannotPack(error: unknown, file: string, archive: string): PublishError {
  const code = codeOf(error)
  const why = code === 'ENOENT' || code === 'ENOTDIR' ? 'is gone' : `cannot be read: ${code}`
  return new PublishError(
    diagnose('publish/cannot-write', `${archive} cannot be written: ${file} was made, and ${why}`, {
      hint: 'Something else changes the output folder while it is packed. Build again when that has ended',
    }),
  )
}

/**
 * Why a file stays that is no longer made.
 *
 * @param path the file as people named it
 */
export function cannotRemove(error: unknown, path: string): Diagnostic {
  const reason = reasonOf(codeOf(error))
  return diagnose('publish/cannot-write', `${path} is no longer made, and cannot be removed: ${reason}`, {
    hint: 'Remove it yourself: no later build will',
  })
}

/**
 * The worst of all: files of two builds stand beside each other.
 *
 * @param left what could not be put back
 */
export function leftHalf(error: unknown, path: string, left: readonly string[]): PublishError {
  const code = codeOf(error)
  const reason = isFull(code) ? 'there is no room left' : reasonOf(code)
  const files = left.length === 1 ? left[0] : `${left[0]} and ${left.length - 1} more`
  const told = diagnose('publish/cannot-write', `${path} cannot be written: ${reason}`, {
    hint: `What was there before could not all be put back: ${files} stayed as this build made it. Build again when the reason is gone`,
  })
  return new PublishError(told, true)
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown reason'
}

function isFull(code: string): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
}

function reasonOf(code: string): string {
  // Windows says the same of both.
  const refused =
    process.platform === 'win32'
      ? 'the file may be open in another program, or this user may not write there'
      : 'this user may not write there'
  const reasons: Record<string, string> = {
    EACCES: refused,
    EPERM: refused,
    EBUSY: 'the file may be open in another program',
    EROFS: 'the file system is read-only',
    ENOTDIR: 'a file stands where a folder should be',
    EISDIR: 'a folder stands where the file should be',
    ENAMETOOLONG: 'the path is too long',
    ENOENT: 'its folder cannot be made',
    ELOOP: 'links lead round in a circle',
  }
  return reasons[code] ?? code
}
