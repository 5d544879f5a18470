"""Version information, manifest and icons of an executable, as pefile reads them."""
import json
import struct
import sys
import xml.etree.ElementTree as ElementTree

import pefile


def text(data):
    return data.decode("utf-8")


def local(tag):
    return tag.rsplit("}", 1)[-1]


def manifest(xml):
    found = {}
    for element in ElementTree.fromstring(xml).iter():
        name = local(element.tag)
        if name == "requestedExecutionLevel":
            found["level"] = element.get("level")
            found["uiAccess"] = element.get("uiAccess")
        elif name == "supportedOS":
            found.setdefault("supportedOS", []).append(element.get("Id"))
        elif name == "assemblyIdentity" and element.get("name") == "Microsoft.Windows.Common-Controls":
            found["commonControls"] = True
        elif element.text and element.text.strip():
            found[name] = element.text.strip()
    if "supportedOS" in found:
        found["supportedOS"].sort()
    return found


pe = pefile.PE(sys.argv[1])
result = {"tables": {}, "icons": []}
fixed = pe.VS_FIXEDFILEINFO[0]
result["fixed"] = {
    "file": [fixed.FileVersionMS >> 16, fixed.FileVersionMS & 0xFFFF, fixed.FileVersionLS >> 16, fixed.FileVersionLS & 0xFFFF],
    "product": [fixed.ProductVersionMS >> 16, fixed.ProductVersionMS & 0xFFFF, fixed.ProductVersionLS >> 16, fixed.ProductVersionLS & 0xFFFF],
    "mask": fixed.FileFlagsMask,
    "flags": fixed.FileFlags,
    "os": fixed.FileOS,
    "type": fixed.FileType,
}
# go-winres makes a resource of its own for each language.
for info in [info for resource in pe.FileInfo for info in resource]:
    if info.name == "StringFileInfo":
        for table in info.StringTable:
            result["tables"][text(table.LangID)] = {text(key): text(value) for key, value in table.entries.items()}
    elif info.name == "VarFileInfo" and getattr(info, "Var", None):
        result["translation"] = [value for var in info.Var for value in var.entry.values()]
for kind in pe.DIRECTORY_ENTRY_RESOURCE.entries:
    for entry in kind.directory.entries:
        leaf = entry.directory.entries[0].data.struct
        data = pe.get_data(leaf.OffsetToData, leaf.Size)
        if kind.id == 24:
            result["manifest"] = manifest(data)
        elif kind.id == 14 and not result["icons"]:
            count = struct.unpack_from("<H", data, 4)[0]
            sizes = [struct.unpack_from("<BB", data, 6 + 14 * index) for index in range(count)]
            result["icons"] = sorted(width or 256 for width, _ in sizes)
json.dump(result, sys.stdout)
