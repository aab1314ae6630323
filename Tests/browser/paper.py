"""What comes out of the printer, read as a person and a scanner read it."""

import re
import subprocess

import running


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each sheet, in points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def reads(pdf) -> set[str]:
    """What a scanner sees on the first sheet."""
    running.need_programs("pdftoppm", "zbarimg", packages="poppler-utils, zbar-tools")
    image = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "300", "-png", "-singlefile", pdf, image], check=True)
    read = subprocess.run(
        ["zbarimg", "--quiet", "--nodbus", f"{image}.png"], capture_output=True, text=True, check=True)
    return set(read.stdout.split())


def printed(pdf) -> str:
    """The words on every sheet, column by column as they stand."""
    running.need_programs("pdftotext", packages="poppler-utils")
    return subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout


def facts(pdf) -> dict[str, str]:
    """What pdfinfo says of the file: `Pages`, `Tagged`, `Page size`."""
    running.need_programs("pdfinfo", packages="poppler-utils")
    said = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return {name.strip(): value.strip() for name, value in (line.split(":", 1) for line in said.splitlines() if ":" in line)}
