import Foundation
import Postgres
public import Shop

extension Store {
    /// Takes in what the files describe, in their order, each in a transaction of its own. A refused file
    /// does not stop the others, and the same file again finds its machine: nothing is taken in twice.
    ///
    /// - Parameters:
    ///   - shop: who takes the machines in; its code begins their labels.
    ///   - fromPublicBody: a public body gave them, so the law caps their price; where a lot is named, its donor says it.
    ///   - batch: the lot with which they came, of the same shop. Each goes into the second-hand register.
    ///   - takesVirtual: whether a virtual machine is taken in all the same; else it is refused.
    public func importHardware(
        _ uploads: [HardwareUpload],
        into shop: ID<Shop>,
        fromPublicBody: Bool,
        batch: BatchCode? = nil,
        takesVirtual: Bool = true,
        by staff: Staff
    ) async throws -> [HardwareImport] {
        try staff.checkHolds(.stockWorkers, in: shop)
        if let batch { try await checkReceived(batch, in: shop) }
        return try await importRead(
            try await read(uploads),
            into: shop,
            fromPublicBody: fromPublicBody,
            batch: batch,
            takesVirtual: takesVirtual,
            by: staff
        )
    }

    /// The same of files that were read.
    func importRead(
        _ read: [ReadUpload],
        into shop: ID<Shop>,
        fromPublicBody: Bool,
        batch: BatchCode? = nil,
        takesVirtual: Bool,
        by staff: Staff
    ) async throws -> [HardwareImport] {
        var results: [HardwareImport?] = Array(repeating: nil, count: read.count)
        // Evidence after machines: it may be of disks that come in with the same drop.
        for index in read.indices.filter({ !read[$0].isEvidence })
            + read.indices.filter({ read[$0].isEvidence })
        {
            results[index] = try await takeInOrRefuse(
                read[index],
                into: shop,
                fromPublicBody: fromPublicBody,
                batch: batch,
                takesVirtual: takesVirtual,
                by: staff
            )
        }
        return results.compactMap(\.self)
    }

    /// A file, or a row of one, that is refused does not stop the others; an outage does.
    private func takeInOrRefuse(
        _ upload: ReadUpload,
        into shop: ID<Shop>,
        fromPublicBody: Bool,
        batch: BatchCode?,
        takesVirtual: Bool,
        by staff: Staff
    ) async throws -> HardwareImport {
        do {
            return try await takeIn(
                upload,
                into: shop,
                fromPublicBody: fromPublicBody,
                batch: batch,
                takesVirtual: takesVirtual,
                by: staff
            )
        } catch let refusal as Refusal where refusal.reason.kind != .unavailable {
            return HardwareImport(
                file: upload.name,
                format: nil,
                outcome: .refused(refusal),
                hardware: nil
            )
        }
    }

    private func takeIn(
        _ upload: ReadUpload,
        into shop: ID<Shop>,
        fromPublicBody: Bool,
        batch: BatchCode?,
        takesVirtual: Bool,
        by staff: Staff
    ) async throws -> HardwareImport {
        switch upload.content {
        case .failure(let refusal):
            return HardwareImport(
                file: upload.name,
                format: refusal.format,
                outcome: .refused(refusal.refusal),
                hardware: nil
            )
        case .success(.log(let format, _)):
            let drives = try await recordErasures(of: upload, by: staff)
            return HardwareImport(log: upload.name, format, drives)
        case .success(.health(let format)):
            let healths = try await recordHealth(of: upload, by: staff)
            return HardwareImport(health: upload.name, format, healths)
        case .success(.sheet(let format, let entries)):
            var rows: [HardwareImport.Row] = []
            for entry in entries {
                try Task.checkCancellation()
                switch entry.read {
                case .failure(let fault):
                    rows.append(.init(line: entry.line, fault, of: upload.name, format))
                case .success(let row):
                    let result = try await takeInOrRefuse(
                        row,
                        into: shop,
                        fromPublicBody: fromPublicBody,
                        batch: batch,
                        takesVirtual: takesVirtual,
                        by: staff
                    )
                    rows.append(.init(line: entry.line, result: result))
                }
            }
            return HardwareImport(sheet: upload.name, format, rows)
        case .success(.machine(let file)) where file.hardware.isVirtual && !takesVirtual:
            return HardwareImport(
                file: upload.name,
                format: file.format,
                outcome: .refused(Refusal(.fileVirtualMachine, ["file": .text(upload.name)])),
                hardware: nil
            )
        case .success(.machine(let file)):
            let taken = TakenFile(
                upload: upload,
                file: file,
                shop: shop,
                fromPublicBody: fromPublicBody,
                batch: batch
            )
            let outcome = try await take(taken, by: staff)
            return HardwareImport(
                file: upload.name,
                format: file.format,
                outcome: outcome,
                hardware: file.hardware,
                // What a snapshot says of disks counts once its own are on the machine's record.
                drives: upload.erasures == nil
                    ? [] : try await recordErasures(of: upload, by: staff),
                healths: try await recordHealth(of: upload, by: staff)
            )
        }
    }

    /// A machine that someone else took in at the same instant is known the second time, and a file that someone else kept
    /// meanwhile the third.
    private func take(_ taken: TakenFile, by staff: Staff) async throws -> HardwareImport.Outcome {
        for _ in 0..<2 {
            do {
                return try await takeOnce(taken, by: staff)
            } catch let refusal as Refusal where refusal.reason == .deviceKnown {}
        }
        return try await takeOnce(taken, by: staff)
    }

    private func takeOnce(_ taken: TakenFile, by staff: Staff) async throws
        -> HardwareImport.Outcome
    {
        let result = try await sealing(
            "import-hardware",
            key: newID(),
            input: taken.input,
            by: staff
        ) { tx, now in
            let batch = try taken.batch.map { try tx.lockBatch($0, for: staff) }
            if let label: String = try tx.query(
                """
                select d.label from hardware_files f join devices d on d.id = f.device_id
                where f.sha256 = \(taken.upload.sha256)
                """
            ).first?["label"] {
                let known = ImportResult.known(.file(label: label))
                guard let batch else { return (known, nil) }
                // The lot may have been forgotten the first time.
                let device = try tx.lockDevice(label, for: staff)
                guard try joins(device, batch, in: tx) else { return (known, nil) }
                return (known, try add(device.id, to: batch, in: tx, by: staff, at: now))
            }
            if let label: String = try tx.query(
                "select label from devices where identity = \(taken.upload.identity)"
            ).first?["label"] {
                let (known, entry) = try takeAgain(
                    taken,
                    as: label,
                    of: batch,
                    in: tx,
                    by: staff,
                    at: now
                )
                return (.known(known), entry)
            }
            let hardware = taken.file.hardware
            let kind = taken.upload.kind ?? hardware.deviceKind
            let device = newID(Device.self)
            let label = try tx.nextLabel(
                kind.labelKind,
                in: taken.shop,
                on: now.day
            )
            _ = try tx.pipeline(
                [
                    """
                    insert into devices (id, label, shop_id, kind, maker, model, serial, identity, chassis, processor,
                                         memory_mb, battery_percent, screen, from_public_body, recorded_at, recorded_by)
                    values (\(device), \(label), \(taken.shop), \(kind), \(hardware.maker ?? ""),
                            \(hardware.model ?? ""), \(hardware.serial?.text ?? ""), \(hardware.identity?.key),
                            \(hardware.chassis.rawValue), \(hardware.processor ?? ""), \(hardware.memoryMB),
                            \(hardware.batteryHealthPercent), \(hardware.screen ?? ""),
                            \(taken.fromPublicBody),
                            \(now), \(staff.id))
                    """,
                    insertFile(taken, of: device, by: staff, at: now),
                    insertPassport(of: device, at: now),
                ] + hardware.storedDisks.map { fit($0, into: device, at: now) }
            )
            let entry = try batch.map { try add(device, to: $0, in: tx, by: staff, at: now) }
            return (.new(label), entry)
        }
        return result.outcome
    }

    private func insertFile(
        _ taken: TakenFile,
        of device: ID<Device>,
        by staff: Staff,
        at now: Instant
    ) -> SQL {
        """
        insert into hardware_files (id, device_id, sha256, name, format, document, imported_at, imported_by)
        values (\(newID(HardwareFile.self)), \(device), \(taken.upload.sha256), \(taken.upload.name),
                \(taken.file.format.rawValue), \(Data(taken.upload.bytes)), \(now), \(staff.id))
        """
    }

    func fit(_ disk: StoredDisk, into device: ID<Device>, at now: Instant) -> SQL {
        """
        insert into device_disks (id, device_id, kind, size_gb, serial, fitted_at)
        values (\(newID(Disk.self)), \(device), \(disk.kind), \(disk.sizeGB), \(disk.serial), \(now))
        """
    }

    /// A machine that came back may hold other disks: those that left it are taken off its record, new ones are put on
    /// it and wait for their erasure. Elsewhere than in work a file of other disks changes nothing and is not kept, so
    /// that it may be imported again.
    private func takeAgain(
        _ taken: TakenFile,
        as label: String,
        of batch: LockedBatch?,
        in tx: Transaction,
        by staff: Staff,
        at now: Instant
    ) throws -> (HardwareImport.Known, SealedEntry?) {
        let device = try tx.lockDevice(label, for: staff)
        let joined = try batch.flatMap { try joins(device, $0, in: tx) ? $0 : nil }
        let entry = try joined.map { try add(device.id, to: $0, in: tx, by: staff, at: now) }
        // A row of a sheet says too little of disks to change those on record.
        guard taken.upload.kind == nil else { return (.identity(label: label), entry) }
        let fitted = try tx.query(
            "select id, kind, size_gb, serial from device_disks where device_id = \(device.id) and removed_at is null"
        )
        let change = DiskChange(
            from: try fitted.map { (try $0["id"], try StoredDisk($0)) },
            to: taken.file.hardware.storedDisks
        )
        let stage = joined == nil ? device.stage : .inWork
        if let known = change.refused(of: label, at: stage) { return (known, entry) }
        let removals: [SQL] = change.gone.map {
            "update device_disks set removed_at = \(now) where id = \($0.id)"
        }
        let additions = change.new.map { fit($0, into: device.id, at: now) }
        _ = try tx.pipeline(
            [insertFile(taken, of: device.id, by: staff, at: now)] + removals + additions
        )
        return (.identity(label: label), entry)
    }
}

extension Transaction {
    /// The next label of this shop, kind and year.
    func nextLabel(_ kind: DeviceLabel.Kind, in shop: ID<Shop>, on day: Day) throws -> String {
        try nextNumber(kind.rawValue, in: shop, on: day)
    }
}

/// A file that was recognised, and how it is to be taken in.
private struct TakenFile: Sendable {
    let upload: ReadUpload
    let file: HardwareFile
    let shop: ID<Shop>
    let fromPublicBody: Bool
    let batch: BatchCode?

    struct Input: Encodable, Sendable {
        let sha256: Data
        let shop: ID<Shop>
        let fromPublicBody: Bool
        let batch: String?
    }

    var input: Input {
        Input(
            sha256: upload.sha256,
            shop: shop,
            fromPublicBody: fromPublicBody,
            batch: batch?.description
        )
    }
}

/// What a claim keeps of an import.
private enum ImportResult: Codable, Sendable {
    case new(String)
    case known(HardwareImport.Known)

    var outcome: HardwareImport.Outcome {
        switch self {
        case .new(let label): .new(label)
        case .known(let known): .known(known)
        }
    }
}
