"""Prints what pefile reads in an executable, as JSON: the opinion the tests compare ours with."""
import json, sys, pefile

pe = pefile.PE(sys.argv[1], fast_load=False)
text = lambda value: value.decode('latin-1').rstrip('\0')

def imports(attribute):
    return [{'dll': text(entry.dll), 'functions': [text(one.name) if one.name else '#%d' % one.ordinal for one in entry.imports]}
            for entry in getattr(pe, attribute, [])]

def resources():
    found = []
    for kind in getattr(pe, 'DIRECTORY_ENTRY_RESOURCE', None).entries if hasattr(pe, 'DIRECTORY_ENTRY_RESOURCE') else []:
        for name in kind.directory.entries:
            for language in name.directory.entries:
                found.append([kind.name.decode() if kind.name else kind.id, name.name.decode() if name.name else name.id,
                              language.id, language.data.struct.Size])
    return found

def strings():
    tables = {}
    for info in getattr(pe, 'FileInfo', []):
        for block in info:
            for table in getattr(block, 'StringTable', []):
                tables[text(table.LangID).lower()] = {key.decode('utf8'): value.decode('utf8') for key, value in table.entries.items()}
    return tables

print(json.dumps({
    'machine': pe.FILE_HEADER.Machine,
    'timestamp': pe.FILE_HEADER.TimeDateStamp,
    'characteristics': pe.FILE_HEADER.Characteristics,
    'symbols': pe.FILE_HEADER.NumberOfSymbols,
    'subsystem': pe.OPTIONAL_HEADER.Subsystem,
    'dllCharacteristics': pe.OPTIONAL_HEADER.DllCharacteristics,
    'dllNames': sorted(name for name, _ in pefile.DLL_CHARACTERISTICS.items() if isinstance(name, str) and getattr(pe.OPTIONAL_HEADER, name, False)),
    'imageBase': hex(pe.OPTIONAL_HEADER.ImageBase),
    'checksum': pe.OPTIONAL_HEADER.CheckSum,
    'computed': pe.generate_checksum(),
    'sections': [[text(one.Name), one.VirtualAddress, one.Misc_VirtualSize, one.PointerToRawData, one.SizeOfRawData, one.Characteristics] for one in pe.sections],
    'imports': imports('DIRECTORY_ENTRY_IMPORT'),
    'delayed': imports('DIRECTORY_ENTRY_DELAY_IMPORT'),
    'resources': resources(),
    'strings': strings(),
    'overlay': pe.get_overlay_data_start_offset(),
}))
