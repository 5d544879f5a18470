import { describe, expect, it } from 'vitest'
import { addScript } from '../../src/init/package-script.ts'

const script = '"build:windows": "gopack build"'

describe('the script in package.json', () => {
  it.each([
    ['two spaces', '{\n  "scripts": {\n    "a": "b"\n  }\n}\n', `{\n  "scripts": {\n    "a": "b",\n    ${script}\n  }\n}\n`],
    [
      'tabs and no newline at the end',
      '{\n\t"name": "x",\n\t"scripts": {\n\t\t"a": "b"\n\t}\n}',
      `{\n\t"name": "x",\n\t"scripts": {\n\t\t"a": "b",\n\t\t${script}\n\t}\n}`,
    ],
    [
      'Windows line ends',
      '{\r\n    "scripts": {\r\n        "a": "b"\r\n    }\r\n}\r\n',
      `{\r\n    "scripts": {\r\n        "a": "b",\r\n        ${script}\r\n    }\r\n}\r\n`,
    ],
    ['no scripts', '{\n    "files": ["a", "b"]\n}\n', `{\n    "files": ["a", "b"],\n    "scripts": {\n        ${script}\n    }\n}\n`],
    ['empty scripts', '{\n  "scripts": {},\n  "name": "x"\n}\n', `{\n  "scripts": {\n    ${script}\n  },\n  "name": "x"\n}\n`],
    ['an empty file', '{}', `{\n  "scripts": {\n    ${script}\n  }\n}`],
    ['one line', '{"name":"x","scripts":{"a":"b"}}', '{"name":"x","scripts":{"a":"b","build:windows":"gopack build"}}'],
    ['one line without scripts', '{"name":"x"}', '{"name":"x","scripts":{"build:windows":"gopack build"}}'],
    ['a byte order mark', '\uFEFF{"scripts":{"a":"b"}}', '\uFEFF{"scripts":{"a":"b","build:windows":"gopack build"}}'],
    [
      'scripts elsewhere',
      '{\n  "config": { "scripts": { "x": "}" } },\n  "scripts": { "a": "\\"},{" }\n}\n',
      `{\n  "config": { "scripts": { "x": "}" } },\n  "scripts": { "a": "\\"},{", ${script} }\n}\n`,
    ],
  ])('is added with %s, and nothing else changes', (_, before, after) => {
    const change = addScript(before, false)
    expect(change).toEqual({ text: after, action: 'update' })
    JSON.parse(after.replace('\uFEFF', ''))
    expect(addScript(after, false)).toEqual({ text: after, action: 'unchanged' })
  })

  it('replaces another of its name only when told to', () => {
    const before = '{ "scripts": { "build:windows": "make", "b": "c" } }'
    expect(addScript(before, false)).toEqual({ text: before, action: 'kept' })
    expect(addScript(before, true)).toEqual({ text: before.replace('make', 'gopack build'), action: 'update' })
  })

  it.each(['', '[]', 'null', '{"scripts": []}', '{"scripts": "x"}', '{"a": 1,}'])('is not added to %j', (text) => {
    expect(() => addScript(text, true)).toThrow(/^package\.json /)
  })
})
