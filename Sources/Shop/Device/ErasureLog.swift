/// What a tool wrote down of the drives that it erased: evidence on each by its own serial, and no computer.
public struct ErasureLog: Hashable, Sendable {
    public let tool: String
    /// Empty when the tool does not say.
    public let toolVersion: String
    /// In the log's order; of a drive that was erased twice, the last time.
    public let drives: [DriveErasure]
}

/// What a log says of one drive's erasure.
public struct DriveErasure: Hashable, Sendable {
    public let model: String?
    public let serial: Serial?
    /// 10^9 bytes, rounded.
    public let sizeGB: Int?
    /// As the tool names it.
    public let methodName: String
    /// Absent when the name is not one that we know, or nothing was erased by it.
    public let method: ErasureMethod?
    public let started: LoggedTime?
    public let ended: LoggedTime?
    public let durationSeconds: Int?
    /// What was written was read again and compared.
    public let isVerified: Bool
    public let errors: ErasureErrors
    /// Why this proves nothing, in order of precedence; empty when it does.
    public let doubts: [ErasureDoubt]

    /// Whether the log proves that this drive, known by its serial, holds nothing of what it held.
    public var isProven: Bool { doubts.isEmpty }

    public var level: ErasureLevel? { method?.level }
}

/// How often something went wrong while a drive was erased.
public struct ErasureErrors: Hashable, Sendable {
    public var writing = 0
    public var verifying = 0
    public var syncing = 0

    public var count: Int { writing + verifying + syncing }
}

/// Why a log does not prove a drive's erasure. The order is precedence. Raw values are stored and sent: never rename or
/// reuse one.
public enum ErasureDoubt: String, CaseIterable, Sendable, Codable {
    /// The tool wrote no final word: it was stopped, or the log was cut.
    case unfinished
    /// Somebody stopped it.
    case aborted
    /// The tool's final word is another than "erased".
    case failed
    /// A single error is one too many: what could not be written may be readable still.
    case errors
    /// The drive was read and compared, never written.
    case onlyVerified = "only_verified"
    case methodUnknown = "method_unknown"
    /// Fewer bytes were written than the drive holds.
    case partial
    /// No drive writes all of itself in that time.
    case tooQuick = "too_quick"
    /// Absent, or masked to be shown around: the log may be any drive's.
    case serialUnknown = "serial_unknown"
}

extension ErasureMethod {
    /// What the name that a tool gives stands for; nil when it is none that we know.
    init?(named name: String) {
        let name = name.lowercased()
        func has(_ marks: [String]) -> Bool { marks.contains(where: name.contains) }
        if has(["verify"]) {
            return nil
        } else if has(["crypto"]) {
            self = .cryptoErase
        } else if has(["block erase"]) {
            self = .blockErase
        } else if has(["secure erase", "security erase"]) {
            self = .secureErase
        } else if has(Self.overwriting) {
            self = .overwrite
        } else {
            return nil
        }
    }

    /// The most that a method reaches. Source: NIST SP 800-88 rev. 1, annex A: writing over a hard disk is Clear however
    /// often, and never reaches the spare blocks of flash.
    public var level: ErasureLevel {
        switch self {
        case .overwrite: .clear
        case .secureErase, .cryptoErase, .blockErase: .purge
        case .destruction: .destroy
        }
    }

    /// nwipe's names since version 0.14, and Workbench's.
    private static let overwriting = [
        "zero", "fill with ones", "quick erase", "rcmp", "ops-ii", "dod", "5220", "gutmann", "prng",
        "random", "is5", "schneier", "bmb", "erasebasic", "erasesectors", "overwrite",
    ]
}

/// Whether a drive can have been written over in a time.
enum ErasureSpeed {
    /// Bytes a second: what SATA 3 carries; four lanes of PCI Express 5 for anything else.
    static func most(_ kind: DiskKind, bus: String = "") -> Int {
        if kind == .nvme || bus == "nvme" { return 16_000_000_000 }
        return kind == .unknown && bus != "ata" ? 16_000_000_000 : 600_000_000
    }

    /// Where no size is known, a minute is short for any drive that a shop sees.
    static func isTooQuick(seconds: Int, bytes: Int?, most: Int) -> Bool {
        guard let bytes, bytes > 0 else { return seconds < 60 }
        return seconds < bytes / most
    }
}

extension DriveErasure: Encodable {
    enum CodingKeys: String, CodingKey {
        case model, serial
        case sizeGB = "size_gb"
        case methodName = "method_name"
        case method, level, started, ended
        case durationSeconds = "duration_seconds"
        case verified, errors, doubts
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(model, forKey: .model)
        try container.encodeIfPresent(serial, forKey: .serial)
        try container.encodeIfPresent(sizeGB, forKey: .sizeGB)
        try container.encode(methodName, forKey: .methodName)
        try container.encodeIfPresent(method, forKey: .method)
        try container.encodeIfPresent(level, forKey: .level)
        try container.encodeIfPresent(started?.iso, forKey: .started)
        try container.encodeIfPresent(ended?.iso, forKey: .ended)
        try container.encodeIfPresent(durationSeconds, forKey: .durationSeconds)
        try container.encode(isVerified, forKey: .verified)
        try container.encode(errors.count, forKey: .errors)
        try container.encode(doubts, forKey: .doubts)
    }
}
