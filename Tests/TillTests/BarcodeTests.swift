import Foundation
import Testing

@testable import Till

@Suite("Barcodes")
struct BarcodeTests {
    static let reader = "/usr/bin/zbarimg"
    static let isReaderThere = FileManager.default.isExecutableFile(atPath: reader)

    @Test(
        "what is drawn reads back as it was written",
        .enabled(if: isReaderThere, "zbarimg is not installed (Debian: zbar-tools)"),
        arguments: [
            ("CODE-128", "LIPC26-0008"), ("CODE-128", "123456789012"), ("CODE-128", "LI1-V-000042"),
            ("QR-Code", "LIPC26-0008"), ("QR-Code", "1"), ("QR-Code", "123456789012"),
            ("QR-Code", "https://comptoir.example/devices/LIPC26-0008"), ("QR-Code", "é&\"<"),
        ]
    )
    func readsBack(kind: String, text: String) throws {
        let drawing = kind == "QR-Code" ? Barcode.qr(text) : Barcode.code128(text)
        #expect(try Self.read(drawing) == "\(kind):\(text)")
    }

    @Test("the shortest text makes a full QR code with its quiet zone, not a Micro QR")
    func fullQR() throws {
        let size = try #require(
            Barcode.qr("1").description.firstMatch(of: /viewBox="0 0 (\d+) (\d+)"/)
        )
        #expect(size.1 == "29")
        #expect(size.2 == "29")
    }

    @Test("a drawing holds no style, no script and nothing of its text")
    func isPlain() {
        let drawing = Barcode.code128("<script>").description
        #expect(!drawing.contains("script"))
        #expect(!drawing.contains("style"))
    }

    /// Paints the drawing's bars, four points a module, and has them read by a program that never saw ours.
    private static func read(_ drawing: Markup) throws -> String {
        let svg = drawing.description
        let size = try #require(svg.firstMatch(of: /viewBox="0 0 (\d+) (\d+)"/))
        let (width, height) = (try #require(Int(size.1)), try #require(Int(size.2)))
        let bars = try #require(svg.firstMatch(of: /fill="#000" d="([^"]+)"/)).1
        var points = [UInt8](repeating: 255, count: width * height * 16)
        for bar in bars.matches(of: /M(\d+) (\d+)h(\d+)v(\d+)/) {
            let numbers = [bar.1, bar.2, bar.3, bar.4].compactMap { Int($0) }
            for y in numbers[1] * 4..<(numbers[1] + numbers[3]) * 4 {
                for x in numbers[0] * 4..<(numbers[0] + numbers[2]) * 4 {
                    points[y * width * 4 + x] = 0
                }
            }
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).pgm")
        defer { try? FileManager.default.removeItem(at: file) }
        try (Data("P5 \(width * 4) \(height * 4) 255\n".utf8) + Data(points)).write(to: file)
        return try output(of: [reader, "--quiet", "--nodbus", file.path])
    }

    private static func output(of command: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines
        )
    }
}
