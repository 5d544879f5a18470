import { describe, expect, it } from 'vitest'
import { dropIcons, firstIconGroup, groupImages, imageIds, replaceIcon } from '../../../src/build/resources/icon-group.ts'
import type { IconImage } from '../../../src/build/resources/icon/types.ts'
import type { ResourceItem } from '../../../src/pe/resource-directory.ts'

const image = (side: number): IconImage => ({
  width: side,
  height: side,
  colors: 0,
  planes: 1,
  bitCount: 32,
  data: Buffer.alloc(side, side),
})

function group(id: number | string, ids: readonly number[], language = 1031): ResourceItem {
  const data = Buffer.alloc(6 + ids.length * 14)
  data.writeUInt16LE(1, 2)
  data.writeUInt16LE(ids.length, 4)
  ids.forEach((imageId, index) => data.writeUInt16LE(imageId, 6 + index * 14 + 12))
  return { type: 14, id, language, codePage: 0, data }
}

const stored = (id: number): ResourceItem => ({ type: 3, id, language: 1031, codePage: 0, data: Buffer.from([id]) })

describe('icon groups', () => {
  it('an image two groups share stays when one of them is replaced', () => {
    const items = replaceIcon([stored(1), stored(2), group('APP', [1, 2]), group(5, [2])], [image(16), image(32), image(48)])
    expect(items.filter(({ type }) => type === 3).map(({ id, data }) => [id, data.length])).toEqual([
      [2, 1],
      [1, 16],
      [3, 32],
      [4, 48],
    ])
    expect(imageIds(items.find(({ id }) => id === 'APP')!.data)).toEqual([1, 3, 4])
    expect(items.find(({ id }) => id === 'APP')!.language).toBe(1031)
  })

  it('the first icon of an exe is group 1 in English', () => {
    const items = replaceIcon([], [image(256)])
    expect(firstIconGroup(items)).toMatchObject({ id: 1, language: 1033 })
    expect(groupImages(firstIconGroup(items)!, items)).toEqual([image(256)])
  })

  it('a damaged group refers to nothing, and can be dropped', () => {
    const damaged = { ...group(1, [1, 2]), data: Buffer.from([0, 0, 1, 0, 9]) }
    expect(imageIds(damaged.data)).toEqual([])
    expect(imageIds(Buffer.concat([group(1, [3]).data.subarray(0, 4), Buffer.from([9, 0]), group(1, [3]).data.subarray(6)]))).toEqual([3])
    expect(dropIcons([stored(1), damaged, { ...stored(1), type: 10 }]).map(({ type }) => type)).toEqual([10])
  })
})
