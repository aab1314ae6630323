import Postgres
public import Shop

/// A machine written down by hand: a telephone, a screen, or a computer that no tool could read.
public struct NewDevice: Sendable, Encodable {
    public let kind: DeviceKind
    public let maker: String
    public let model: String
    public let serial: String
    /// The shop's own label when the machine already wears one; otherwise it gets the next number.
    public let label: String?
    /// What stores data in it: a machine with none needs no erasure.
    public let disks: [NewDisk]
    public let fromPublicBody: Bool

    public struct NewDisk: Sendable, Encodable {
        public let kind: DiskKind
        public let sizeGB: Int
        public let serial: String

        /// `ssd:128` or `hdd:500:SERIAL`. Throws `choiceUnknown` or `quantityOutOfRange`.
        public init(typed text: String) throws(Refusal) {
            let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
            kind = try DiskKind(typed: parts.first ?? "", field: .disk)
            sizeGB = try number(
                typed: parts.count > 1 ? parts[1] : "",
                field: .disk,
                in: 0...100_000
            )
            serial = try ShortText.optional(typed: parts.count > 2 ? parts[2] : "", field: .serial)
        }

        public init(kind: DiskKind, sizeGB: Int, serial: String) {
            self.kind = kind
            self.sizeGB = sizeGB
            self.serial = serial
        }
    }

    /// More than any machine that a shop sees.
    private static let disksMost = 24

    /// Throws `scanUnreadable` when `label` is none, `quantityOutOfRange` for more disks than a machine has.
    public init(
        kind: DeviceKind,
        maker: ShortText,
        model: ShortText,
        serial: String,
        label: String?,
        disks: [NewDisk],
        fromPublicBody: Bool
    ) throws(Refusal) {
        guard disks.count <= Self.disksMost else {
            throw Refusal(
                .quantityOutOfRange,
                [
                    "field": .field(.disk), "least": .number(0),
                    "most": .number(Int64(Self.disksMost)),
                ]
            )
        }
        self.kind = kind
        self.maker = maker.text
        self.model = model.text
        self.serial = serial
        self.label = try label.map { text throws(Refusal) in try DeviceLabel.typed(text).description
        }
        self.disks = disks
        self.fromPublicBody = fromPublicBody
    }

    /// Absent without a true serial.
    var identity: String? {
        Serial(read: serial, beside: [maker, model]).map {
            DeviceIdentity(maker: maker, model: model, serial: $0).key
        }
    }
}

extension Store {
    /// Takes a machine in and gives it a label. Throws `deviceKnown` when its maker, model and serial are those of
    /// another, `nameTaken` when another wears its label, `unknownThing` for a shop where `staff` does not work the stock,
    /// `batchUnknown` for a lot of another shop, `batchNotReceived`.
    public func takeInDevice(
        _ device: NewDevice,
        into shop: ID<Shop>,
        of batch: BatchCode? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        struct Input: Encodable {
            let device: NewDevice
            let shop: ID<Shop>
            let batch: String?
        }
        if let batch { try await checkReceived(batch, in: shop) }
        let facts: [String: Refusal.Fact] = ["text": .text(device.label ?? "")]
        return try await sealing(
            "take-in-device",
            key: key,
            input: Input(device: device, shop: shop, batch: batch?.description),
            by: staff,
            facts: facts
        ) { tx, now in
            try staff.checkHolds(.stockWorkers, in: shop)
            let batch = try batch.map { try tx.lockBatch($0, for: staff) }
            let id = newID(Device.self)
            let label =
                try device.label
                ?? tx.nextLabel(device.kind.labelKind, in: shop, on: now.day)
            _ = try tx.pipeline(
                [
                    """
                    insert into devices (id, label, shop_id, kind, maker, model, serial, identity, from_public_body,
                                         recorded_at, recorded_by)
                    values (\(id), \(label), \(shop), \(device.kind), \(device.maker), \(device.model),
                            \(device.serial), \(device.identity), \(device.fromPublicBody), \(now),
                            \(staff.id))
                    """,
                    insertPassport(of: id, at: now),
                ]
                    + device.disks.map {
                        fit(
                            StoredDisk(kind: $0.kind, sizeGB: $0.sizeGB, serial: $0.serial),
                            into: id,
                            at: now
                        )
                    } + counted(device.label, in: shop)
            )
            return (label, try batch.map { try add(id, to: $0, in: tx, by: staff, at: now) })
        }
    }

    /// A label that was given by hand is never given again by the counter of its shop; another shop's counter is its own.
    private func counted(_ label: String?, in shop: ID<Shop>) -> [SQL] {
        guard let label = label.flatMap(DeviceLabel.init(scanned:)) else { return [] }
        let prefix = String(label.description.prefix(6))
        return [
            """
            insert into label_counters (prefix, last)
            select \(prefix), \(label.number) from shops where id = \(shop) and code = \(label.shopCode)
            on conflict (prefix) do update set last = greatest(label_counters.last, \(label.number))
            """
        ]
    }
}
