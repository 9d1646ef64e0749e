/** Errors that Node's own file functions throw, in the shape all our sentences are made from. */
import type { SystemError } from '../model/problems.ts';

export function systemErrorOf(error: unknown, path: string): SystemError {
  if (error instanceof Error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    return { code: code ?? error.name, call: syscall ?? '', message: error.message, path };
  }
  return { code: 'UNKNOWN', call: '', message: String(error), path };
}
