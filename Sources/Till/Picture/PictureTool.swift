import CMemory
import Crypto
public import Foundation
public import Shop
import Subprocess
import SystemPackage

/// Draws a picture anew with libvips: upright as its EXIF says, in the colours of every screen, as JPEG without anything but
/// what is seen. In processes of their own, bounded in time, memory and files, since what is sent may be made to do harm.
public enum PictureTool {
    /// From Debian’s libvips-tools, and util-linux which every Debian has.
    private static let programs = ["prlimit", "vipsheader", "vipsthumbnail"]
    private static let folders = ["/usr/bin", "/bin"]
    public static let package = "libvips-tools"

    /// Those of its programs that are not on this machine.
    public static var missing: [String] {
        programs.filter { program in
            !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
        }
    }

    /// What reads the formats that telephones write. The first word of a loader is what the content is, whatever its name.
    private static let loaders: Set<String> = ["jpegload", "pngload", "webpload", "heifload"]
    private static let headerMost = 4_000
    private static let pictureMost = 5_000_000

    /// Two at a time: a telephone’s picture takes half a second and 60 MB. Sixteen may wait.
    private static let turns = Turns(2, waiting: 16)

    /// Throws `inputTooLarge`, `pictureUnreadable`, `pictureTooManyPixels`, `picturesUnavailable`, and `busy` when too many
    /// wait.
    public static func drawn(_ bytes: [UInt8]) async throws -> NewPicture {
        try PictureFile.check(bytes: bytes.count)
        try PictureFile.check(start: bytes)
        return try await turns.take {
            try await inTime(seconds: 40, else: .picturesUnavailable) {
                let file = try Sent(bytes)
                try await checkSize(of: file)
                let full = try await jpeg(file, .full, quality: 82)
                let thumbnail = try await jpeg(try Sent(full), .thumbnail, quality: 75)
                let size = try await header(of: try Sent(full))
                return NewPicture(
                    sha256: sha256(bytes),
                    width: size.width,
                    height: size.height,
                    full: full,
                    thumbnail: thumbnail
                )
            }
        }
    }

    /// What tells a file from others.
    public static func sha256(_ bytes: [UInt8]) -> Data { Data(SHA256.hash(data: bytes)) }

    /// Before a pixel is drawn: of a few bytes a bomb makes a picture that fills every memory.
    private static func checkSize(of file: Sent) async throws {
        let size = try await header(of: file)
        guard size.width * size.height <= PictureFile.pixelsMost else {
            throw Refusal(
                .pictureTooManyPixels,
                [
                    "width": .number(Int64(size.width)), "height": .number(Int64(size.height)),
                    "most": .number(Int64(PictureFile.pixelsMost / 1_000_000)),
                ]
            )
        }
    }

    /// `4000x3000 uchar, 3 bands, srgb, jpegload_source`
    private static func header(of file: Sent) async throws -> (width: Int, height: Int) {
        let told = String(
            decoding: try await run("vipsheader", ["stdin"], file, headerMost),
            as: UTF8.self
        )
        guard let match = told.wholeMatch(of: /(\d{1,9})x(\d{1,9}) .* ([a-z]+)_source\s*/),
            loaders.contains(String(match.3)),
            let width = Int(match.1), let height = Int(match.2), width > 0, height > 0
        else { throw Refusal(.pictureUnreadable) }
        return (width, height)
    }

    /// A picture of which the end is missing is refused, not filled with grey.
    private static func jpeg(_ file: Sent, _ size: PictureSize, quality: Int) async throws
        -> [UInt8]
    {
        let side = size.sideMost
        return try await run(
            "vipsthumbnail",
            [
                "stdin[fail_on=truncated]", "--size", "\(side)x\(side)>", "--export-profile",
                "srgb",
                "--output", ".jpg[Q=\(quality),strip,optimize_coding,background=255]",
            ],
            file,
            pictureMost
        )
    }

    /// All that a program knows of where it runs: nothing of the service, whose database and keys its environment names. Loaders
    /// that nobody hardened against strangers are shut; one thread, nothing swapped to a file, and no machine code made on the
    /// way, which goes through a file as well.
    static let surroundings: [Environment.Key: String] = [
        "PATH": folders.joined(separator: ":"), "LC_ALL": "C.UTF-8",
        "VIPS_BLOCK_UNTRUSTED": "1",
        "VIPS_CONCURRENCY": "1", "VIPS_NOVECTOR": "1", "VIPS_WARNING": "0",
        "VIPS_DISC_THRESHOLD": "1g",
    ]

    /// Runs one of libvips’s programs over a file, with a gibibyte of memory, twenty seconds of a processor and nothing to
    /// write but its answer. Throws `pictureUnreadable` where it fails, `picturesUnavailable` where it is missing.
    static func run(
        _ program: String,
        _ arguments: [String],
        _ file: Sent,
        _ most: Int
    ) async throws -> [UInt8] {
        let limits = ["--as=1073741824", "--cpu=20", "--fsize=0", "--core=0", "--nofile=64"]
        do {
            let result = try await Subprocess.run(
                .name("prlimit"),
                arguments: Arguments(limits + [program] + arguments),
                environment: .custom(surroundings),
                input: .fileDescriptor(try file.fromStart(), closeAfterSpawningProcess: false),
                output: .bytes(limit: most),
                error: .discarded
            )
            switch result.terminationStatus {
            case .exited(0) where !result.standardOutput.isEmpty: return result.standardOutput
            // What prlimit says of a program that it does not find, or may not run.
            case .exited(126), .exited(127): throw Refusal(.picturesUnavailable)
            default: throw Refusal(.pictureUnreadable)
            }
        } catch let error as SubprocessError {
            // More than a picture of this size can be: not one that we drew.
            if error.code == .outputLimitExceeded { throw Refusal(.pictureUnreadable) }
            throw Refusal(.picturesUnavailable)
        }
    }
}

/// A file that was sent, in memory and nowhere on the disk: where it was taken may stand in it. A program reads it as its
/// standard input, and may go to and fro in it.
final class Sent: Sendable {
    private let descriptor: FileDescriptor

    init(_ bytes: [UInt8]) throws {
        let number = memfd_create("picture", memfd_cloexec)
        guard number >= 0 else { throw Errno(rawValue: errno) }
        descriptor = FileDescriptor(rawValue: number)
        try descriptor.writeAll(bytes)
    }

    deinit { try? descriptor.close() }

    func fromStart() throws -> FileDescriptor {
        try descriptor.seek(offset: 0, from: .start)
        return descriptor
    }
}
