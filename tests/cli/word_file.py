# SPDX-License-Identifier: MIT
"""Small Word files, made part by part, for the tests of the import."""
import io
import zipfile

W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
NS = (f'xmlns:w="{W}" xmlns:r="{R}" '
      'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
      'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
      'xmlns:wps="http://schemas.microsoft.com/office/word/2010/'
      'wordprocessingShape" '
      'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
      'wordprocessingDrawing" '
      'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"')
KINDS = {'styles': 'styles', 'numbering': 'numbering',
         'footnotes': 'footnotes', 'endnotes': 'endnotes',
         'comments': 'comments', 'header': 'header', 'footer': 'footer'}
TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def run(text, look=''):
    look = f'<w:rPr>{look}</w:rPr>' if look else ''
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner, properties=''):
    """A paragraph; `inner` is text, or XML when it begins with <."""
    if not inner.startswith('<') and inner:
        inner = run(inner)
    properties = f'<w:pPr>{properties}</w:pPr>' if properties else ''
    return f'<w:p>{properties}{inner}</w:p>'


def listed(text, number, level=0):
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/>'
                     f'<w:numId w:val="{number}"/></w:numPr>')


def cell(inner, properties=''):
    if not inner.startswith('<'):
        inner = paragraph(inner)
    return f'<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>'


def table(*rows):
    """Rows are tuples of cells, or of a w:trPr and cells."""
    out = '<w:tbl><w:tblPr/><w:tblGrid/>'
    for row in rows:
        out += '<w:tr>' + ''.join(
            c if c.startswith('<w:t') else cell(c) for c in row) + '</w:tr>'
    return out + '</w:tbl>'


def parts(body, **others):
    """The parts of a package, name to bytes; other parts by their kind."""
    document = 'word/document.xml'
    types = (f'<Override PartName="/{document}" '
             f'ContentType="{TYPE}document.main+xml"/>')
    relations = ''
    out = {}
    for number, (kind, inner) in enumerate(sorted(others.items()), 1):
        name = KINDS[kind]
        root = {'header': 'hdr', 'footer': 'ftr'}.get(name, name)
        types += (f'<Override PartName="/word/{name}.xml" '
                  f'ContentType="{TYPE}{name}+xml"/>')
        relations += (f'<Relationship Id="rId{number}" Type="{R}/{name}" '
                      f'Target="{name}.xml"/>')
        out[f'word/{name}.xml'] = (
            f'{HEAD}<w:{root} {NS}>{inner}</w:{root}>')
    relations += (f'<Relationship Id="rId90" Type="{R}/image" '
                  'Target="media/map.png"/>'
                  f'<Relationship Id="rId91" Type="{R}/hyperlink" '
                  'Target="https://example.jp/" TargetMode="External"/>')
    return {
        '[Content_Types].xml':
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/'
            '2006/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            f'{types}</Types>',
        '_rels/.rels':
            f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/'
            'package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{R}/officeDocument" Target="{document}"/>'
            '</Relationships>',
        document:
            f'{HEAD}<w:document {NS}><w:body>{body}<w:sectPr><w:pgSz '
            'w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>',
        'word/_rels/document.xml.rels':
            f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/'
            f'package/2006/relationships">{relations}</Relationships>',
        'word/media/map.png': b'\x89PNG\r\n',
        **out}


def package(contents):
    """The bytes of a package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as target:
        for name, data in contents.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return out.getvalue()


def docx(body, **others):
    return package(parts(body, **others))


def level(number, form, text, start=1, more=''):
    """A w:lvl."""
    return (f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/>'
            f'<w:numFmt w:val="{form}"/>{more}'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>')


def abstract(number, *levels):
    return (f'<w:abstractNum w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}'
            '</w:abstractNum>')


def num(number, of, overrides=''):
    return (f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>'
            f'{overrides}</w:num>')


# ---- numbers ---------------------------------------------------------------

# ST_NumberFormat, the values in use in Japan, with how far each is tried.
FORMATS = [
    'decimal', 'decimalZero', 'decimalFullWidth', 'decimalFullWidth2',
    'decimalHalfWidth', 'decimalEnclosedCircle',
    'decimalEnclosedCircleChinese', 'decimalEnclosedParen',
    'decimalEnclosedFullstop', 'aiueo', 'aiueoFullWidth', 'iroha',
    'irohaFullWidth', 'japaneseCounting', 'japaneseLegal',
    'japaneseDigitalTenThousand', 'ideographDigital', 'ideographTraditional',
    'ideographZodiac', 'ideographEnclosedCircle', 'chineseCounting',
    'taiwaneseCountingThousand', 'upperRoman', 'lowerRoman', 'upperLetter',
    'lowerLetter', 'ordinal', 'numberInDash', 'none']
NUMBERS = [1, 2, 5, 9, 10, 11, 12, 20, 21, 26, 27, 35, 36, 46, 47, 48, 50, 51,
           100, 101, 110, 111, 1000, 1234]


def format_case(form):
    """A document that numbers paragraphs in a format: (body, numbering)."""
    nums, body = '', ''
    for at, value in enumerate(NUMBERS, 1):
        nums += abstract(at, level(0, form, '%1', value))
        body += listed(f'番号{value}', at)
    nums += ''.join(num(at, at) for at in range(1, len(NUMBERS) + 1))
    return body, nums


def case_levels():
    """Three levels, with the numbers of the levels above in them."""
    nums = abstract(1, level(0, 'japaneseCounting', '第%1'),
                    level(1, 'decimalFullWidth', '第%2条'),
                    level(2, 'decimal', '%1.%2.%3')) + num(1, 1)
    body = ''.join(listed('文', 1, at) for at in
                   [0, 1, 1, 2, 2, 1, 2, 0, 1, 2, 2, 2, 0])
    return body, nums


def case_digits():
    """isLgl: all numbers of the label in digits."""
    nums = abstract(1, level(0, 'upperRoman', '%1'),
                    level(1, 'aiueoFullWidth', '%1-%2'),
                    level(2, 'iroha', '%1.%2.%3', more='<w:isLgl/>')) + num(
                        1, 1)
    return ''.join(listed('文', 1, at) for at in [0, 1, 2, 2, 1, 2]), nums


def case_restart():
    """lvlRestart: never, and after the first level only."""
    nums = abstract(
        1, level(0, 'decimal', '%1'),
        level(1, 'decimal', '(%2)', more='<w:lvlRestart w:val="0"/>'),
        level(2, 'lowerLetter', '%3', more='<w:lvlRestart w:val="1"/>'))
    nums += num(1, 1)
    return ''.join(listed('文', 1, at) for at in
                   [0, 1, 2, 1, 2, 0, 1, 2, 2]), nums


def case_override():
    """A second list on the same definition, and one that begins at 5."""
    nums = abstract(1, level(0, 'decimal', '(%1)'),
                    level(1, 'aiueoFullWidth', '%2'))
    nums += num(1, 1) + num(2, 1, '<w:lvlOverride w:ilvl="0">'
                            '<w:startOverride w:val="1"/></w:lvlOverride>')
    nums += num(3, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride '
                'w:val="5"/></w:lvlOverride>')
    nums += num(4, 1, '<w:lvlOverride w:ilvl="0">' + level(
        0, 'decimalEnclosedCircle', '%1') + '</w:lvlOverride>')
    body = (listed('文', 1) + listed('文', 1) + listed('文', 2)
            + listed('文', 2) + listed('文', 1) + listed('文', 3)
            + listed('文', 3) + listed('文', 3, 1) + listed('文', 4))
    return body, nums


def case_deep_first():
    """A deeper level before the one above it was used."""
    nums = abstract(1, level(0, 'decimal', '%1'),
                    level(1, 'decimal', '%1.%2')) + num(1, 1)
    return ''.join(listed('文', 1, at) for at in [1, 1, 0, 1]), nums


CASES = {'levels': case_levels, 'digits': case_digits,
         'restart': case_restart, 'override': case_override,
         'deep-first': case_deep_first}


def all_cases():
    """(name, body, numbering) of every numbering document."""
    for form in FORMATS:
        yield (f'format {form}', *format_case(form))
    for name, make in CASES.items():
        yield (name, *make())
