import Crypto
import Foundation
import NIOPosix
import Postgres
import Shop
import Spreadsheet

extension Store {
    /// What an import of these files would do, in their order. Writes nothing.
    ///
    /// - Parameter staff: whose machines a wipe log is held against; nil for whoever holds the installation itself.
    public func previewHardware(
        _ uploads: [HardwareUpload],
        by staff: Staff? = nil
    ) async throws -> [HardwareImport] {
        let read = try await read(uploads)
        let now = clock.now()
        let (known, drives, healths) = try await transaction { tx in
            (
                try KnownHardware(read.flatMap(\.machines), in: tx),
                try read.map { try tx.drives(of: $0, for: staff, at: now) },
                try read.map { try tx.health(of: $0, for: staff) }
            )
        }
        var seen: [String: String] = [:]
        func result(
            _ upload: ReadUpload,
            _ drives: [DriveImport] = [],
            _ healths: [HealthImport] = []
        ) -> HardwareImport {
            let result = known.result(
                of: upload,
                twin: upload.marks.compactMap { seen[$0] }.first,
                drives: drives,
                healths: healths
            )
            if result.hardware != nil {
                for mark in upload.marks { seen[mark] = upload.name }
            }
            return result
        }
        return zip(read, zip(drives, healths)).map { upload, evidence in
            guard case .success(.sheet(let format, let entries)) = upload.content else {
                return result(
                    upload,
                    evidence.0.map(DriveImport.init),
                    evidence.1.map(HealthImport.init)
                )
            }
            return HardwareImport(
                sheet: upload.name,
                format,
                entries.map { entry in
                    HardwareImport.Row(entry, of: upload.name, format) { result($0) }
                }
            )
        }
    }

    /// Reads the files away from the cooperative threads, which serve everybody else meanwhile.
    func read(_ uploads: [HardwareUpload]) async throws -> [ReadUpload] {
        try await hashing.runIfActive { uploads.map(ReadUpload.init) }
    }
}

/// An upload, read and digested.
struct ReadUpload: Sendable {
    let name: String
    let bytes: [UInt8]
    let sha256: Data
    let content: Result<Content, HardwareRefusal>
    /// What the file says of drives that were erased: all of a wipe log, beside the machine in a snapshot.
    let erasures: ErasureLog?

    /// What the file says of the wear of disks: all of a report, beside the machine in a snapshot.
    let health: [DiskHealth]

    /// Nil for a file of its own, else what the row of a sheet says that it is.
    let kind: DeviceKind?

    /// Whether it tells of disks alone, which must be on the record first.
    var isEvidence: Bool {
        switch content {
        case .success(.log), .success(.health): true
        case .success(.machine), .success(.sheet), .failure: false
        }
    }

    enum Content: Sendable {
        case machine(HardwareFile)
        case log(HardwareFormat, ErasureLog)
        case health(HardwareFormat)
        case sheet(HardwareFormat, [SheetEntry])
    }

    /// A row of a sheet, as an upload of its own.
    struct SheetEntry: Sendable {
        let line: Int
        let read: Result<ReadUpload, LineFault>
    }

    init(_ upload: HardwareUpload) {
        name = upload.name
        bytes = upload.bytes
        sha256 = Data(SHA256.hash(data: upload.bytes))
        kind = nil
        var log: ErasureLog?
        var health: [DiskHealth] = []
        do throws(HardwareRefusal) {
            if upload.size > HardwareFile.bytesMax {
                throw HardwareRefusal(
                    file: upload.name,
                    format: nil,
                    cause: .tooLarge(bytes: upload.size)
                )
            }
            if let sheet = Self.workbook(upload.bytes) {
                content = .success(.sheet(sheet.format, Self.entries(sheet, of: upload.name)))
                erasures = nil
                self.health = []
                return
            }
            let file = try EquipmentFile.read(upload.bytes, named: upload.name)
            log = file.erasures
            health = file.health
            switch file.content {
            case .computer(let hardware):
                content = .success(.machine(HardwareFile(file.format, hardware)))
            case .sheet(let sheet):
                content = .success(.sheet(file.format, Self.entries(sheet, of: upload.name)))
            case .evidence:
                if let log {
                    content = .success(.log(file.format, log))
                } else if !file.health.isEmpty {
                    content = .success(.health(file.format))
                } else {
                    throw HardwareRefusal(
                        file: upload.name,
                        format: file.format,
                        cause: .diskHealth
                    )
                }
            }
        } catch {
            content = .failure(error)
        }
        erasures = log
        self.health = health
    }

    /// The row of a sheet, kept by its own text: the same row in another sheet is the same.
    private init(
        _ device: BOLCDevice,
        _ cells: [String],
        of format: HardwareFormat,
        named name: String
    ) {
        let text = ([format.rawValue] + cells).joined(separator: "\u{1F}")
        self.name = name
        bytes = Array(cells.joined(separator: ";").utf8)
        sha256 = Data(SHA256.hash(data: Data(text.utf8)))
        kind = device.kind
        content = .success(.machine(HardwareFile(device, of: format)))
        erasures = nil
        health = []
    }

    /// The first sheet of a workbook that is one of refurbishers’; nil where there is none.
    private static func workbook(_ bytes: [UInt8]) -> BOLCSheet? {
        guard Workbook.mayBe(bytes), let workbook = try? Workbook(bytes) else { return nil }
        return workbook.sheets.lazy.compactMap { sheet in
            BOLCSheet(sheet.rows.map { SheetRow(number: $0.number, cells: $0.cells) })
        }.first
    }

    private static func entries(_ sheet: BOLCSheet, of name: String) -> [SheetEntry] {
        sheet.rows.map { row in
            SheetEntry(
                line: row.number,
                read: row.read.map { device in
                    ReadUpload(device, row.cells, of: sheet.format, named: "\(name):\(row.number)")
                }
            )
        }
    }

    /// Itself, or the rows of a sheet that can be read.
    var machines: [ReadUpload] {
        guard case .success(.sheet(_, let entries)) = content else { return [self] }
        return entries.compactMap { try? $0.read.get() }
    }

    var identity: String? {
        if case .success(.machine(let file)) = content { file.hardware.identity?.key } else { nil }
    }

    /// What two files of one machine share.
    var marks: [String] { [hexadecimal(sha256)] + [identity].compactMap { $0 } }
}

/// What the database already knows of some uploads.
struct KnownHardware {
    /// Labels by digest of a file.
    private let files: [Data: String]
    /// Machines by identity.
    private let identities: [String: Machine]

    private struct Machine {
        let label: String
        let stage: DeviceStage
        var disks: [(id: ID<Disk>, disk: StoredDisk)] = []
    }

    init(_ uploads: [ReadUpload], in tx: Transaction) throws {
        let identities = uploads.compactMap(\.identity)
        let rows = try tx.pipeline([
            """
            select f.sha256, d.label from hardware_files f join devices d on d.id = f.device_id
            where f.sha256 = any(\(uploads.map(\.sha256)))
            """,
            """
            select d.identity, d.label, \(LastStay.columns) from devices d \(LastStay.joins)
            where d.identity = any(\(identities))
            """,
            """
            select d.identity, k.id, k.kind, k.size_gb, k.serial
            from devices d join device_disks k on k.device_id = d.id and k.removed_at is null
            where d.identity = any(\(identities))
            """,
        ])
        files = try Dictionary(rows[0].map { (try $0["sha256"], try $0["label"]) }) { first, _ in
            first
        }
        var machines: [String: Machine] = [:]
        for row in rows[1] {
            let stage = DeviceStage(
                stay: try row["ordinal"],
                exit: try row["exit"],
                cameBack: try row["came_back"],
                removed: try (row["removed"] as DeviceExit?) != nil,
                inTransit: try (row["transit"] as String?) != nil
            )
            machines[try row["identity"]] = Machine(label: try row["label"], stage: stage)
        }
        for row in rows[2] {
            machines[try row["identity"]]?.disks.append((try row["id"], try StoredDisk(row)))
        }
        self.identities = machines
    }

    /// - Parameter twin: an earlier file of the same import that describes the same machine.
    func result(
        of upload: ReadUpload,
        twin: String?,
        drives: [DriveImport],
        healths: [HealthImport] = []
    ) -> HardwareImport {
        switch upload.content {
        case .success(.log(let format, _)):
            return HardwareImport(log: upload.name, format, drives)
        case .success(.health(let format)):
            return HardwareImport(health: upload.name, format, healths)
        case .failure(let refusal):
            return HardwareImport(
                file: upload.name,
                format: refusal.format,
                outcome: .refused(refusal.refusal),
                hardware: nil
            )
        case .success(.sheet): preconditionFailure("a sheet is told row by row")
        case .success(.machine(let file)):
            return HardwareImport(
                file: upload.name,
                format: file.format,
                outcome: outcome(of: upload, file.hardware, twin: twin),
                hardware: file.hardware
            )
        }
    }

    private func outcome(
        of upload: ReadUpload,
        _ hardware: Hardware,
        twin: String?
    ) -> HardwareImport.Outcome {
        if let label = files[upload.sha256] { return .known(.file(label: label)) }
        if let known = upload.identity.flatMap({ identities[$0] }) {
            // A row says too little of disks to change those on record.
            guard upload.kind == nil else { return .known(.identity(label: known.label)) }
            let change = DiskChange(from: known.disks, to: hardware.storedDisks)
            let refused = change.refused(of: known.label, at: known.stage)
            return .known(refused ?? .identity(label: known.label))
        }
        return twin.map { .known(.twin(file: $0)) } ?? .new(nil)
    }
}

extension HardwareImport.Row {
    init(
        _ entry: ReadUpload.SheetEntry,
        of sheet: String,
        _ format: HardwareFormat,
        take: (ReadUpload) throws -> HardwareImport
    ) rethrows {
        switch entry.read {
        case .success(let upload): self.init(line: entry.line, result: try take(upload))
        case .failure(let fault): self.init(line: entry.line, fault, of: sheet, format)
        }
    }

    init(line: Int, _ fault: LineFault, of sheet: String, _ format: HardwareFormat) {
        self.init(
            line: line,
            result: HardwareImport(
                file: "\(sheet):\(line)",
                format: format,
                outcome: .refused(fault.refusal),
                hardware: nil
            )
        )
    }
}
