import Crypto
import Foundation
import NIOPosix
import Postgres
import Shop

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
        let (known, drives) = try await transaction { tx in
            (
                try KnownHardware(read, in: tx),
                try read.map { try tx.drives(of: $0, for: staff, at: now) }
            )
        }
        var seen: [String: String] = [:]
        return zip(read, drives).map { upload, drives in
            let result = known.result(
                of: upload,
                twin: upload.marks.compactMap { seen[$0] }.first,
                drives: drives.map(DriveImport.init)
            )
            if result.hardware != nil {
                for mark in upload.marks { seen[mark] = upload.name }
            }
            return result
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

    var isLog: Bool { if case .success(.log) = content { true } else { false } }

    enum Content: Sendable {
        case machine(HardwareFile)
        case log(HardwareFormat, ErasureLog)
    }

    init(_ upload: HardwareUpload) {
        name = upload.name
        bytes = upload.bytes
        sha256 = Data(SHA256.hash(data: upload.bytes))
        var log: ErasureLog?
        do throws(HardwareRefusal) {
            if upload.size > HardwareFile.bytesMax {
                throw HardwareRefusal(
                    file: upload.name,
                    format: nil,
                    cause: .tooLarge(bytes: upload.size)
                )
            }
            let file = try EquipmentFile.read(upload.bytes, named: upload.name)
            log = file.erasures
            if file.content == .evidence, let log {
                content = .success(.log(file.format, log))
            } else {
                content = .success(.machine(try HardwareFile(file, named: upload.name)))
            }
        } catch {
            content = .failure(error)
        }
        erasures = log
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
                removed: try (row["removed"] as DeviceExit?) != nil
            )
            machines[try row["identity"]] = Machine(label: try row["label"], stage: stage)
        }
        for row in rows[2] {
            machines[try row["identity"]]?.disks.append((try row["id"], try StoredDisk(row)))
        }
        self.identities = machines
    }

    /// - Parameter twin: an earlier file of the same import that describes the same machine.
    func result(of upload: ReadUpload, twin: String?, drives: [DriveImport]) -> HardwareImport {
        switch upload.content {
        case .success(.log(let format, _)):
            return HardwareImport(log: upload.name, format, drives)
        case .failure(let refusal):
            return HardwareImport(
                file: upload.name,
                format: refusal.format,
                outcome: .refused(refusal.refusal),
                hardware: nil
            )
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
            let change = DiskChange(from: known.disks, to: hardware.storedDisks)
            let refused = change.refused(of: known.label, at: known.stage)
            return .known(refused ?? .identity(label: known.label))
        }
        return twin.map { .known(.twin(file: $0)) } ?? .new(nil)
    }
}
