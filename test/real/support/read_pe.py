"""Prints what pefile and Python's XML parser read in an executable, as JSON. With --checksum also the checksum it should have."""

import json
import sys
import xml.etree.ElementTree as xml

import pefile

# Without fast_load pefile looks at every byte, which takes seconds for a real program.
pe = pefile.PE(sys.argv[1], fast_load=True)
pe.parse_data_directories(
    [pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"], pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]]
)

resources = {}
for kind in pe.DIRECTORY_ENTRY_RESOURCE.entries:
    for name in kind.directory.entries:
        for language in name.directory.entries:
            place = language.data.struct
            resources.setdefault(str(kind.name or kind.id), []).append([str(name.name or name.id), language.id])
            if kind.id == pefile.RESOURCE_TYPE["RT_MANIFEST"]:
                manifest = xml.fromstring(pe.get_data(place.OffsetToData, place.Size))


def local(element):
    return element.tag.rpartition("}")[2]


elements = {local(one): one for one in manifest.iter()}
alignment = pe.OPTIONAL_HEADER.SectionAlignment
end = max(one.VirtualAddress + one.Misc_VirtualSize for one in pe.sections)

report = {
    "machine": pe.FILE_HEADER.Machine,
    "timestamp": pe.FILE_HEADER.TimeDateStamp,
    "subsystem": pe.OPTIONAL_HEADER.Subsystem,
    # Windows loads no file whose sections do not end where the header says.
    "endsRight": pe.OPTIONAL_HEADER.SizeOfImage == -(-end // alignment) * alignment,
    "overlay": pe.get_overlay_data_start_offset(),
    "dlls": [entry.dll.decode().lower() for entry in pe.DIRECTORY_ENTRY_IMPORT],
    "resources": resources,
    "manifest": {
        "root": manifest.tag,
        "identity": dict(elements["assemblyIdentity"].items()),
        "level": elements["requestedExecutionLevel"].get("level"),
        "supported": sum(local(one) == "supportedOS" for one in manifest.iter()),
        "settings": {local(one): one.text for one in elements["windowsSettings"]} if "windowsSettings" in elements else {},
    },
}
if "--checksum" in sys.argv:
    report["checksum"] = [pe.OPTIONAL_HEADER.CheckSum, pe.generate_checksum()]
print(json.dumps(report))
