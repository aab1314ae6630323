import Foundation

/// A picture as a telephone writes it, made here: pixels like those of a photo, and around them everything that a telephone
/// and others put into a file. Each of those says `SECRET`.
enum Photo {
    /// 900 × 600 as it lies in the file, to be shown turned: 600 × 900.
    static func jpeg() throws -> [UInt8] {
        let plain = try drawn("jpegsave", "jpg", "--profile", "p3", "--Q", "88")
        let segments =
            segment(0xe1, Array("Exif\0\0".utf8) + exif)
            + segment(
                0xe1,
                Array("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET-XMP</x:xmpmeta>".utf8)
            )
            + segment(0xe2, Array("MPF\0SECRET-MAKER".utf8))
            + segment(0xed, Array("Photoshop 3.0\0SECRET-IPTC".utf8))
            + segment(0xfe, Array("<html><script>alert('SECRET-COMMENT')</script></html>".utf8))
        return Array(plain[..<2]) + segments + Array(plain[2...])
            + Array("SECRET-TRAIL<?php ?>".utf8)
    }

    static func png() throws -> [UInt8] { try drawn("pngsave", "png") }
    static func webp() throws -> [UInt8] { try drawn("webpsave", "webp", "--Q", "80") }
    static func heic() throws -> [UInt8] { try drawn("heifsave", "heic") }
    static func gif() throws -> [UInt8] { try drawn("gifsave", "gif") }
    static func tiff() throws -> [UInt8] { try drawn("tiffsave", "tiff") }

    /// Of a few hundred bytes a reader would make 50,000 × 50,000 pixels.
    static var bomb: [UInt8] {
        let size: [UInt8] = [0, 0, 0xc3, 0x50]
        return [0x89] + Array("PNG\r\n".utf8) + [0x1a, 0x0a]
            + chunk("IHDR", size + size + [8, 2, 0, 0, 0])
            + chunk("IDAT", [0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]) + chunk("IEND", [])
    }

    /// The kinds of the segments before and between the pixels of a JPEG; nil where bytes stand outside of them.
    static func segments(of jpeg: [UInt8]) -> [UInt8]? {
        guard jpeg.starts(with: [0xff, 0xd8]), jpeg.suffix(2) == [0xff, 0xd9] else { return nil }
        var kinds: [UInt8] = []
        var place = 2
        while place + 4 <= jpeg.count, jpeg[place] == 0xff {
            let kind = jpeg[place + 1]
            if kind == 0xd9 { return place + 2 == jpeg.count ? kinds : nil }
            kinds.append(kind)
            place += 2 + Int(jpeg[place + 2]) << 8 + Int(jpeg[place + 3])
            guard kind == 0xda else { continue }
            // Pixels: until a mark that is neither a stuffed byte nor a restart.
            while place + 1 < jpeg.count,
                jpeg[place] != 0xff || jpeg[place + 1] == 0 || 0xd0...0xd7 ~= jpeg[place + 1]
            { place += 1 }
        }
        return jpeg[place...] == [0xff, 0xd9] ? kinds : nil
    }

    /// Sky, desk and the grain of a sensor.
    private static let pixels: [UInt8] = {
        var grain: UInt32 = 7
        var pixels = Array("P6\n900 600\n255\n".utf8)
        for row in 0..<600 {
            for column in 0..<900 {
                grain = grain &* 1_664_525 &+ 1_013_904_223
                let noise = Int(grain >> 28)
                pixels += [
                    UInt8(40 + column / 6 + noise), UInt8(60 + row / 5 + noise), UInt8(90 + noise),
                ]
            }
        }
        return pixels
    }()

    private static func drawn(_ verb: String, _ ending: String, _ options: String...) throws
        -> [UInt8]
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (from, to) = (folder.appending(path: "in.ppm"), folder.appending(path: "out.\(ending)"))
        try Data(pixels).write(to: from)
        let process = try Process.run(
            URL(filePath: "/usr/bin/vips"),
            arguments: [verb, from.path, to.path] + options
        )
        process.waitUntilExit()
        return Array(try Data(contentsOf: to))
    }

    private static func segment(_ kind: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        let length = bytes.count + 2
        return [0xff, kind, UInt8(length >> 8), UInt8(length & 0xff)] + bytes
    }

    private static func chunk(_ kind: String, _ bytes: [UInt8]) -> [UInt8] {
        let body = Array(kind.utf8) + bytes
        var crc: UInt32 = 0xffff_ffff
        for byte in body {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
        }
        return big(UInt32(bytes.count)) + body + big(~crc)
    }

    private static func big(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(number >> $0 & 0xff) }
    }

    /// TIFF inside: who made it, that it is to be turned by a quarter, and where it was taken, to the metre.
    private static var exif: [UInt8] {
        func short(_ number: Int) -> [UInt8] { [UInt8(number & 0xff), UInt8(number >> 8)] }
        func long(_ number: Int) -> [UInt8] { short(number & 0xffff) + short(number >> 16) }
        func entry(_ tag: Int, _ kind: Int, _ count: Int, _ value: [UInt8]) -> [UInt8] {
            short(tag) + short(kind) + long(count) + value
        }
        let (maker, place) = (Array("SECRET-PHONE\0".utf8), Array("SECRET-PLACE\0".utf8))
        // 50° 37' 59" N
        let latitude = [50, 1, 37, 1, 59, 1].flatMap { long($0) }
        let (makerAt, gpsAt, placeAt) = (50, 50 + maker.count, 50 + maker.count + 54)
        let first =
            short(3) + entry(0x010f, 2, maker.count, long(makerAt))
            + entry(0x0112, 3, 1, short(6) + short(0)) + entry(0x8825, 4, 1, long(gpsAt)) + long(0)
        let gps =
            short(4) + entry(1, 2, 2, Array("N\0\0\0".utf8))
            + entry(2, 5, 3, long(placeAt + place.count))
            + entry(0x1b, 7, place.count, long(placeAt))
            + entry(0x1e, 3, 1, short(0) + short(0)) + long(0)
        return Array("II".utf8) + short(42) + long(8) + first + maker + gps + place + latitude
    }
}
