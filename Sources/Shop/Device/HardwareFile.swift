/// A file that describes one whole computer, read. Whoever holds one knows that it was recognised by its content,
/// whatever its name.
public struct HardwareFile: Hashable, Sendable {
    public let format: HardwareFormat
    public let hardware: Hardware

    /// Five times the largest honest inventory that we have seen.
    public static let bytesMax = 5_000_000
    /// Fifty times the parts of the largest honest inventory that we have seen.
    public static let partsMax = 5_000

    /// Reads a file; `name` is only told back. Refused as `EquipmentFile` refuses, then where the file is evidence on
    /// disks or a sheet of many machines.
    public static func read(_ bytes: [UInt8], named name: String) throws(HardwareRefusal)
        -> HardwareFile
    {
        try HardwareFile(EquipmentFile.read(bytes, named: name), named: name)
    }

    /// The computer that a file describes.
    public init(_ file: EquipmentFile, named name: String) throws(HardwareRefusal) {
        switch file.content {
        case .computer(let hardware):
            format = file.format
            self.hardware = hardware
        case .evidence:
            throw HardwareRefusal(
                file: name,
                format: file.format,
                cause: file.erasures == nil ? .diskHealth : .erasureLog
            )
        case .sheet(let sheet):
            throw HardwareRefusal(
                file: name,
                format: file.format,
                cause: .sheet(rows: sheet.rows.count)
            )
        }
    }
}
