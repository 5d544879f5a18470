/** The lines of a program's output that hold something. */
export const lines = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== '')
