"""Pictures as telephones write them, and files that are none, made here."""

import struct
import subprocess
import zlib

SECRETS = (b"SECRET-PLACE", b"SECRET-XMP", b"SECRET-COMMENT", b"SECRET-TRAIL")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 900, height: int = 600, shade: int = 0) -> bytes:
    """A desk in the light of a window, and the grain of a sensor."""
    rows, grain = bytearray(), 7 + shade
    for row in range(height):
        rows.append(0)
        for column in range(width):
            grain = (grain * 1_664_525 + 1_013_904_223) & 0xFFFFFFFF
            noise = grain >> 28
            rows += bytes(((40 + column * 150 // width + noise), (60 + row * 120 // height + noise), 90 + shade * 40 % 160 + noise))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(rows), 1)) + chunk(b"IEND", b""))


def jpeg(**size) -> bytes:
    """A JPEG to be turned by a quarter, that says where it was taken, holds a page in a comment, and goes on after its end."""
    plain = subprocess.run(["vips", "copy", "stdin", ".jpg[Q=88,strip]"], input=png(**size), capture_output=True, check=True).stdout
    place = b"SECRET-PLACE\0"
    exif = (b"II*\0" + struct.pack("<I", 8)
            + struct.pack("<H", 2) + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0) + struct.pack("<HHII", 0x8825, 4, 1, 38)
            + struct.pack("<I", 0)
            + struct.pack("<H", 3) + struct.pack("<HHI4s", 1, 2, 2, b"N") + struct.pack("<HHII", 2, 5, 3, 80)
            + struct.pack("<HHII", 0x1B, 7, len(place), 104) + struct.pack("<I", 0)
            + struct.pack("<6I", 50, 1, 37, 1, 59, 1) + place)
    parts = [(0xE1, b"Exif\0\0" + exif), (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>SECRET-XMP</x>"),
             (0xFE, b"<html><script>alert('SECRET-COMMENT')</script></html>")]
    told = b"".join(b"\xff" + bytes([kind]) + struct.pack(">H", len(data) + 2) + data for kind, data in parts)
    return plain[:2] + told + plain[2:] + b"SECRET-TRAIL<?php ?>"


def bomb() -> bytes:
    """Of a few hundred bytes a reader would make 50,000 × 50,000 pixels."""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(150_001))) + chunk(b"IEND", b""))


def no_pictures() -> dict[str, bytes]:
    """Files that are no picture, by what they are."""
    photo = jpeg()
    return {
        "nothing": b"", "a text named .jpg": b"hello", "a page": b"<!DOCTYPE html><script>alert(1)</script>",
        "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
        "a truncated JPEG": photo[:len(photo) // 2], "the head of a JPEG": photo[:300], "a PDF": b"%PDF-1.7\n",
        "a GIF": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
    }
