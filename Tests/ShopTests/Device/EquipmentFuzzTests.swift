import Foundation
import Testing

@testable import Shop

/// Files damaged in every way that a stick, a mail or a mischief damages one: read or refused, and never more.
@Suite("Damaged files of every kind")
struct EquipmentFuzzTests {
    /// How many damaged files the ordinary run reads; `COMPTOIR_MUTATIONS` names another number, for a night's run.
    static let mutations =
        ProcessInfo.processInfo.environment["COMPTOIR_MUTATIONS"].flatMap { Int($0) } ?? 2_000
    /// The run of another seed damages other bytes; a failure is told with the file's number, which makes it again.
    static let seed =
        ProcessInfo.processInfo.environment["COMPTOIR_SEED"].flatMap { UInt64($0) } ?? 26

    /// One honest file of each kind, and the real ones where they are there.
    static func files() -> [[UInt8]] {
        var texts = [
            XMLInventoryTests.request(),
            XMLInventoryTests.node("<node id=\"disk\" class=\"disk\"/>"),
            DmidecodeTests.dump(), NwipeTests.log(), WorkbenchTests.erased(),
            WorkbenchTests.lite("\"dmidecode\": \(WorkbenchTests.quoted(DmidecodeTests.dump()))"),
            SmartctlTests.disk("\"rotation_rate\": 0"), LshwTests.system(),
            GLPIInventoryTests.inventory(""),
            [BOLCSheetTests.computers, BOLCSheetTests.laptop]
                .map { $0.joined(separator: ";") }.joined(separator: "\n"),
        ].map { Array($0.utf8) }
        let real = FileManager.default.enumerator(
            at: HardwareSamples.folder,
            includingPropertiesForKeys: nil
        )
        for case let url as URL in real ?? FileManager.DirectoryEnumerator() {
            if let data = try? Data(contentsOf: url) { texts.append(Array(data)) }
        }
        return texts
    }

    @Test("each is read or refused in words, and costs no more than its bytes")
    func survives() {
        let files = Self.files()
        var random = SeededRandom(seed: Self.seed)
        var read = 0
        for number in 0..<Self.mutations {
            let bytes = Self.damaged(files[number % files.count], files, using: &random)
            do throws(HardwareRefusal) {
                let file = try EquipmentFile.read(bytes, named: "fiche")
                #expect(Self.fits(file), "file \(number) of seed \(Self.seed)")
                read += 1
            } catch {
                let told = error.refusal.told(in: .french)
                let words = told.what + told.why + told.now
                #expect(!Self.facts.contains(where: words.contains), "file \(number)")
            }
        }
        // Damage that nothing survives would test the refusals alone.
        #expect(read > Self.mutations / 20)
    }

    /// What is read of any file fits the shop's columns.
    private static func fits(_ file: EquipmentFile) -> Bool {
        let drives = file.erasures?.drives ?? []
        guard file.health.allSatisfy({ 0...1_000_000 ~= $0.sizeGB ?? 0 }),
            drives.allSatisfy({ 0...1_000_000 ~= $0.sizeGB ?? 0 && $0.methodName.count <= 200 })
        else { return false }
        guard case .computer(let hardware) = file.content else { return true }
        return 1...33_554_432 ~= hardware.memoryMB ?? 1
            && 0...100 ~= hardware.batteryHealthPercent ?? 0
            && hardware.disks.allSatisfy { 0...1_000_000 ~= $0.sizeGB ?? 0 }
            && [hardware.maker, hardware.model, hardware.processor, hardware.serial?.text]
                .allSatisfy { ($0 ?? "").unicodeScalars.count <= 210 }
    }

    /// One to four damages, one upon another.
    private static func damaged(
        _ file: [UInt8],
        _ files: [[UInt8]],
        using random: inout SeededRandom
    ) -> [UInt8] {
        var bytes = file
        for _ in 0...Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: bytes.indices, using: &random)
            let length = min(Int.random(in: 1...64, using: &random), bytes.count - at)
            switch Int.random(in: 0..<10, using: &random) {
            case 0: bytes.removeLast(bytes.count - at)
            case 1: bytes.removeSubrange(at..<at + length)
            case 2: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 3: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 4: bytes.insert(contentsOf: bytes[at..<at + length], at: at)
            case 5:
                let token = tokens[Int.random(in: tokens.indices, using: &random)]
                bytes.insert(contentsOf: token.utf8, at: at)
            case 6:
                let token = tokens[Int.random(in: tokens.indices, using: &random)]
                bytes.replaceSubrange(at..<at + length, with: token.utf8)
            case 7:
                let again = Array(repeating: bytes[at..<at + length], count: 200).flatMap { $0 }
                bytes.insert(contentsOf: again, at: at)
            case 8:
                let other = files[Int.random(in: files.indices, using: &random)]
                let from = Int.random(in: other.indices, using: &random)
                bytes.insert(contentsOf: other[from...].prefix(200), at: at)
            default:
                // A number becomes another one.
                let digits = bytes[at...].firstIndex { 48...57 ~= $0 } ?? at
                bytes.replaceSubrange(digits..<digits + 1, with: "-99999999999999999999".utf8)
            }
        }
        return bytes
    }

    /// What words leave open for a refusal's facts; a damaged file's own braces may stand beside them.
    private static let facts = [
        "{file}", "{field}", "{value}", "{line}", "{column}", "{most}", "{size}", "{format}",
        "{count}",
        "{length}",
    ]

    private static let tokens = [
        "{", "}", "[", "]", "\"", "<", ">", "</REQUEST>", "<!DOCTYPE x>", "&amp;", "&x;",
        "<![CDATA[",
        "]]>", "&a", "*a", "- ", "? ", ": ", "\n", "\r\n", "\t", "|", "\u{0}", "\u{FEFF}", "é",
        "\u{202E}",
        "0", "-1", "1e400", "9223372036854775807", "null", "true",
        "Handle 0x0001, DMI type 1, 2 bytes\n",
        "/dev/sda", "Invoking method '", "type: Snapshot\n", "%", "\\u0000", "\\ud83d", "---\n",
        "...\n", "!!",
    ]
}
