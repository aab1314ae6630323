import Shop
import Subprocess

/// Pages as files for paper: PDF/UA, drawn by WeasyPrint in a process of its own, so that what it takes in memory goes
/// with it.
enum PDF {
    private static let program = "weasyprint"
    private static let bytesMost = 20_000_000
    private static let errorsMost = 4_000

    /// Two at a time: one takes about a second and 100 MB. Forty may wait.
    private static let turns = Turns(2, waiting: 40)

    /// The file's bytes. `html` is a whole document that names no other file. Throws `paperUnavailable` where the program
    /// is missing or fails, `busy` when too many wait.
    static func bytes(of html: String) async throws -> [UInt8] {
        try await turns.take {
            do {
                return try await inTime(seconds: 60, else: .paperUnavailable) {
                    try await drawn(html)
                }
            } catch is SubprocessError {
                throw Refusal(.paperUnavailable)
            }
        }
    }

    private static func drawn(_ html: String) async throws -> [UInt8] {
        let result = try await run(
            .name(program),
            arguments: ["--encoding", "utf-8", "--pdf-variant", "pdf/ua-1", "-", "-"],
            // Fonts are looked for by Fontconfig; nothing of our own environment concerns it.
            environment: .custom(["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]),
            input: .string(html),
            output: .bytes(limit: bytesMost),
            error: .string(limit: errorsMost)
        )
        guard case .exited(0) = result.terminationStatus, !result.standardOutput.isEmpty else {
            throw Refusal(.paperUnavailable)
        }
        return result.standardOutput
    }
}
