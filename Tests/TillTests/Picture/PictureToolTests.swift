import Foundation
import Shop
import Testing

@testable import Till

@Suite("Pictures drawn anew")
struct PictureToolTests {
    /// What a telephone and others write into a file, and nobody is to find in ours.
    private static let told = [
        "SECRET", "Exif", "http", "xmp", "Photoshop", "ICC_PROFILE", "script", "php", "JFIF",
    ]

    @Test("nothing but what is seen is left of a picture, and it stands upright")
    func bare() async throws {
        let sent = try Photo.jpeg()
        for word in Self.told where word != "JFIF" {
            #expect(Data(sent).firstRange(of: Data(word.utf8)) != nil, "\(word)")
        }
        let drawn = try await PictureTool.drawn(sent)
        #expect((drawn.width, drawn.height) == (600, 900))
        #expect(drawn.sha256 == PictureTool.sha256(sent))
        for jpeg in [drawn.full, drawn.thumbnail] {
            for word in Self.told {
                #expect(Data(jpeg).firstRange(of: Data(word.utf8)) == nil, "\(word)")
            }
            // Tables, the frame and its pixels; no application’s segment, no comment, nothing after the end.
            let kinds = Set(try #require(Photo.segments(of: jpeg)))
            #expect(kinds.subtracting([0xdb, 0xc0, 0xc4, 0xda]) == [])
        }
        #expect(drawn.thumbnail.count < drawn.full.count / 2)
        // What was drawn once is read like any other.
        #expect(try await PictureTool.drawn(drawn.full).width == 600)
    }

    @Test("the content tells what a file is: telephones’ formats are read, others are not")
    func formats() async throws {
        for file in [try Photo.png(), try Photo.webp(), try Photo.heic()] {
            let drawn = try await PictureTool.drawn(file)
            #expect((drawn.width, drawn.height) == (900, 600))
            #expect(Photo.segments(of: drawn.full) != nil)
        }
        for file in [try Photo.gif(), try Photo.tiff()] {
            await expectRefusal(.pictureUnreadable, file)
        }
    }

    @Test("what is no whole picture is refused, and so is what would fill a memory")
    func refused() async throws {
        let photo = try Photo.jpeg()
        let svg = #"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>"#
        for file in [
            [], Array("hello".utf8), Array(svg.utf8), Array("%PDF-1.7".utf8),
            Array("GIF89a".utf8), Array(photo[..<(photo.count / 2)]), Array(photo[..<300]),
            [0xff, 0xd8, 0xff, 0xd9],
        ] {
            await expectRefusal(.pictureUnreadable, file)
        }
        await expectRefusal(.pictureTooManyPixels, Photo.bomb)
        await expectRefusal(
            .inputTooLarge,
            [UInt8](repeating: 0, count: PictureFile.bytesMost + 1)
        )
    }

    @Test("a program that draws sees nothing of the service, has no file of it open, and is held")
    func alone() async throws {
        #expect(ProcessInfo.processInfo.environment["HOME"] != nil, "there is something to hide")
        func told(_ program: String, _ arguments: String...) async throws -> Set<String> {
            let text = try await PictureTool.run(program, arguments, Sent([0]), 4_000)
            return Set(
                String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
            )
        }
        #expect(
            try await told("env") == [
                "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "VIPS_BLOCK_UNTRUSTED=1",
                "VIPS_CONCURRENCY=1", "VIPS_NOVECTOR=1", "VIPS_WARNING=0",
                "VIPS_DISC_THRESHOLD=1g",
            ]
        )
        // Its input, its answer, its errors, and the folder that is listed.
        #expect(try await told("ls", "/proc/self/fd") == ["0", "1", "2", "3"])
        #expect(
            try await told("prlimit", "--raw", "--noheadings", "--output=RESOURCE,SOFT,HARD")
                .isSuperset(of: [
                    "AS 1073741824 1073741824", "CPU 20 20", "FSIZE 0 0", "CORE 0 0",
                    "NOFILE 64 64",
                ])
        )
        // A loader that nobody hardened is shut, whoever asks for it.
        let svg = #"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>"#
        await #expect(throws: Refusal(.pictureUnreadable)) {
            try await PictureTool.run("vipsheader", ["stdin"], Sent(Array(svg.utf8)), 4_000)
        }
    }

    @Test("every program that it needs is on this machine")
    func installed() {
        #expect(PictureTool.missing == [])
    }

    private func expectRefusal(_ reason: Reason, _ file: [UInt8]) async {
        do {
            _ = try await PictureTool.drawn(file)
            Issue.record("not refused: \(reason) of \(file.count) bytes")
        } catch {
            #expect((error as? Refusal)?.reason == reason, "\(error) of \(file.count) bytes")
        }
    }
}
