import Foundation
import Testing

@testable import Shop

/// Files that other people's machines wrote; they lie beside the project and are not part of it.
enum HardwareSamples {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/data/hardware")

    static let areThere = FileManager.default.fileExists(atPath: folder.path)

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func hardware(_ name: String) throws -> Hardware {
        try HardwareFile.read(bytes(name), named: name).hardware
    }
}

extension HardwareFile {
    /// The computer that a file describes; none is in evidence or a sheet.
    static func read(_ bytes: [UInt8], named name: String) throws(HardwareRefusal)
        -> HardwareFile
    {
        let file = try EquipmentFile.read(bytes, named: name)
        guard case .computer(let hardware) = file.content else {
            throw HardwareRefusal(file: name, format: file.format, cause: .diskHealth)
        }
        return HardwareFile(file.format, hardware)
    }
}

func read(_ text: String) throws(HardwareRefusal) -> Hardware {
    try HardwareFile.read(Array(text.utf8), named: "fiche.json").hardware
}

/// Why a file is refused; nil when it is taken.
func refusal(_ bytes: some Sequence<UInt8>) -> HardwareRefusal? {
    do throws(HardwareRefusal) {
        _ = try HardwareFile.read(Array(bytes), named: "fiche.json")
        return nil
    } catch {
        return error
    }
}

extension Disk {
    init(_ kind: DiskKind, _ sizeGB: Int?, _ serial: String?) {
        self.init(kind: kind, sizeGB: sizeGB, serial: serial.flatMap { Serial(read: $0) })
    }
}

/// A value as the contract sends it, fields in order.
func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
