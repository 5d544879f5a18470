import { describe, expect, it } from 'vitest'
import { packageVariables } from '../../src/project/declarations.ts'

const judged = (...sources: string[]): Record<string, string> => Object.fromEntries(packageVariables(sources))

describe('what the linker can set', () => {
  it('takes strings without a value or with a constant one', () => {
    expect(judged('package main\nvar a string\nvar b = "x"\nvar c string = `y`\nvar d = ""\n')).toEqual({
      a: 'yes',
      b: 'yes',
      c: 'yes',
      d: 'yes',
    })
  })

  it('reads groups, comments and several on a line', () => {
    expect(judged('package main\nvar (\n\ta string // one\n\t/* two */ b = "x"; c int\n\n\td, e string\n)\n')).toEqual({
      a: 'yes',
      b: 'yes',
      c: 'no',
      d: 'yes',
      e: 'yes',
    })
  })

  it('follows constants of the package, also from another file', () => {
    expect(judged('package main\nconst base = "1"\n', 'package main\nvar a = base\nvar b = base + "-x"\n')).toEqual({ a: 'yes', b: 'yes' })
  })

  it('says no to other types and unknown to what code computes', () => {
    expect(
      judged('package main\nvar a int\nvar b = 3\nvar c = compute()\nvar d = os.Getenv("X")\nvar e = []string{"x"}\nvar f = true\n'),
    ).toEqual({ a: 'no', b: 'no', c: 'unknown', d: 'unknown', e: 'no', f: 'no' })
  })

  it('ignores what is inside functions, strings and comments', () => {
    const source =
      'package main\n// var x string\n/* var y string */\nvar real = "var z string"\nfunc main() {\n\tvar inner string\n\t_ = inner\n\tvar (\n\t\tother string\n\t)\n}\nvar raw = `\nvar w string\n`\nfunc f() string { return "}" }\nvar last string\n'
    expect(judged(source)).toEqual({ real: 'yes', raw: 'yes', last: 'yes' })
  })

  it('copes with values over several lines', () => {
    expect(judged('package main\nvar a = "x" +\n\t"y"\nvar b = func() string {\n\treturn "x"\n}()\nvar c string\n')).toEqual({
      a: 'yes',
      b: 'no',
      c: 'yes',
    })
  })
})
