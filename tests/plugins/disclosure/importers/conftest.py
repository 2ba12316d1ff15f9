"""Files as office programs and sites write them, made by the tests: no program is needed to make them."""

import io
import zipfile

import pytest

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)


def archive_of(parts):
    """An archive with these parts, as bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def docx_of(body, **parts):
    """A Word file with this body: lines of text, or XML where a line begins with `<`. `parts` are named word/X.xml."""
    blocks = [line if line.startswith("<") else f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in body]
    document = f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}</w:body></w:document>"
    found = {"word/document.xml": document}
    for name, text in parts.items():
        path = "docProps/core.xml" if name == "core" else f"word/{name}.xml"
        found["word/_rels/document.xml.rels" if name == "rels" else path] = text
    return archive_of(found)


def pdf_of(rows, author=""):
    """A PDF with these rows, each with how far it begins from the left margin in characters, on pages of 30.

    A row with a third value goes on in the line of the one before it, raised by so many points, and small if raised.
    """
    characters = {
        one: number for number, one in enumerate(sorted({c for row in rows for c in row[1]}), start=1)
    }
    pages = [rows[first : first + 30] for first in range(0, max(len(rows), 1), 30)]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /W [%s] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        % " ".join(f"{n} [500]" for one, n in characters.items() if one.isascii()).encode(),
        5: _stream(_character_map(characters)),
        6: f"<< /Author ({author}) >>".encode(),
    }
    kids = []
    for page in pages:
        number = len(objects) + 2
        kids.append(number + 1)
        objects[number] = _stream(_shown(page, characters))
        objects[number + 1] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
    objects[2] = (
        f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode()
    )
    return _file(objects)


def _character_map(characters):
    pairs = [f"<{number:04X}> <{one.encode('utf-16-be').hex()}>" for one, number in characters.items()]
    parts = [pairs[first : first + 100] for first in range(0, len(pairs), 100)]
    maps = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{maps}\nendcmap end end"
    )


def _shown(rows, characters):
    lines, line = [], -1
    for left, text, *rise in rows:
        line += not rise
        size, y = (9 if any(rise) else 16), 780 - line * 25 + sum(rise)
        glyphs = "".join(f"{characters[one]:04X}" for one in text)
        lines.append(f"/F1 {size} Tf 1 0 0 1 {72 + left * 16} {y} Tm <{glyphs}> Tj")
    return "BT\n" + "\n".join(lines) + "\nET"


def _stream(text):
    data = text.encode()
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects):
    data, places = b"%PDF-1.7\n", []
    for number in sorted(objects):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(data),
    )
    return data + table + end


@pytest.fixture
def word():
    """Makes Word files."""
    return docx_of


@pytest.fixture
def pdf():
    """Makes PDFs."""
    return pdf_of


@pytest.fixture
def packed():
    """Makes archives."""
    return archive_of
