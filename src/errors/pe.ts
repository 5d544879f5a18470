import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

export const peErrors = {
  PE_UNREADABLE: {
    exit: exitCodes.packaging,
    summary: 'A file is not a Windows executable, or a damaged one.',
    remedy: 'Check that the file is a PE executable and was copied whole.',
  },
} satisfies Record<string, ErrorEntry>

export const peError = errorMaker(peErrors)
