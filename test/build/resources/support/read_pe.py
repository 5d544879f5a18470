"""Prints what pefile, which is not ours, reads in an executable, as JSON."""
import hashlib
import json
import struct
import sys

import pefile


def key(entry):
    return str(entry.name) if entry.name is not None else entry.id


def resources(pe):
    for type_ in getattr(getattr(pe, "DIRECTORY_ENTRY_RESOURCE", None), "entries", []):
        for name in type_.directory.entries:
            for language in name.directory.entries:
                place = language.data.struct
                yield key(type_), key(name), language.id, pe.get_data(place.OffsetToData, place.Size)


def group(data):
    count = struct.unpack_from("<H", data, 4)[0]
    fields = ("width", "height", "colors", "reserved", "planes", "bits", "size", "id")
    return [dict(zip(fields, struct.unpack_from("<BBBBHHIH", data, 6 + 14 * i))) for i in range(count)]


def text(value):
    # pefile writes code units it cannot decode as \ud83d; json turns them back.
    return value.decode("utf-8", "backslashreplace")


def translations(data):
    # pefile keeps only the last of several.
    key = "Translation\0".encode("utf-16le")
    at = data.find(key)
    if at < 0:
        return []
    length = struct.unpack_from("<H", data, at - 4)[0]
    start = (at + len(key) + 3) // 4 * 4
    return ["%04x%04x" % struct.unpack_from("<HH", data, start + i) for i in range(0, length, 4)]


def versions(pe, raw):
    for fixed, info, data in zip(getattr(pe, "VS_FIXEDFILEINFO", []), getattr(pe, "FileInfo", []), raw):
        tables = {}
        for part in info:
            for table in getattr(part, "StringTable", []):
                tables[text(table.LangID)] = {text(k): text(v) for k, v in table.entries.items()}
        yield {
            "file": [fixed.FileVersionMS >> 16, fixed.FileVersionMS & 0xFFFF, fixed.FileVersionLS >> 16, fixed.FileVersionLS & 0xFFFF],
            "product": [fixed.ProductVersionMS >> 16, fixed.ProductVersionMS & 0xFFFF, fixed.ProductVersionLS >> 16, fixed.ProductVersionLS & 0xFFFF],
            "flags": fixed.FileFlags,
            "mask": fixed.FileFlagsMask,
            "os": fixed.FileOS,
            "type": fixed.FileType,
            "tables": tables,
            "translations": translations(data),
        }


path = sys.argv[1]
pe = pefile.PE(path)
entries = list(resources(pe))
# A second reading: after decoding version information pefile's own checksum is of other bytes.
plain = pefile.PE(path, fast_load=True)
print(json.dumps({
    "warnings": pe.get_warnings(),
    "checksum": plain.OPTIONAL_HEADER.CheckSum,
    "computedChecksum": plain.generate_checksum(),
    "sections": [{"name": s.Name.rstrip(b"\0").decode(), "address": s.VirtualAddress, "virtualSize": s.Misc_VirtualSize, "offset": s.PointerToRawData, "size": s.SizeOfRawData} for s in pe.sections],
    "sizeOfImage": pe.OPTIONAL_HEADER.SizeOfImage,
    "sectionAlignment": pe.OPTIONAL_HEADER.SectionAlignment,
    "symbolTable": pe.FILE_HEADER.PointerToSymbolTable,
    "symbols": pe.FILE_HEADER.NumberOfSymbols,
    "overlay": pe.get_overlay_data_start_offset(),
    "relocations": pe.OPTIONAL_HEADER.DATA_DIRECTORY[5].VirtualAddress,
    "resources": [{"type": t, "id": i, "language": l, "size": len(d), "sha256": hashlib.sha256(d).hexdigest()} for t, i, l, d in entries],
    "groups": {str(i): group(d) for t, i, l, d in entries if t == 14},
    "manifests": [d.decode("utf-8") for t, i, l, d in entries if t == 24],
    "versions": list(versions(pe, [d for t, i, l, d in entries if t == 16])),
}))
