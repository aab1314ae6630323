import Crypto
import Foundation
import Postgres
public import Shop

/// What came of a lot on a day.
public struct NewDelivery: Hashable, Sendable, Encodable {
    public let receivedOn: Day
    public let units: KindCounts
    public let weight: Grams?
    /// What was paid: zero for a gift.
    public let price: Cents
    /// Nil for a gift.
    public let payment: AcquisitionPayment?
    /// Of a private person alone.
    public let seller: SellerIdentity?

    public init(
        receivedOn: Day,
        units: KindCounts,
        weight: Grams?,
        price: Cents = .zero,
        payment: AcquisitionPayment? = nil,
        seller: SellerIdentity? = nil
    ) {
        self.receivedOn = receivedOn
        self.units = units
        self.weight = weight
        self.price = price
        self.payment = payment
        self.seller = seller
    }
}

/// Where the second-hand register holds it.
public struct Registered: Hashable, Sendable, Codable {
    public let batch: String
    public let ordinal: Int64
}

extension Store {
    /// Records what came of a lot, under the next ordinal number of the shop's second-hand register. Throws `batchUnknown`,
    /// `batchEmpty` for no machine at all, `dayInFuture`, `sellerMissing` where a private person gives and is not named,
    /// `batchPaymentUneven` for a gift with a price or a purchase without its payment.
    public func receiveBatch(
        _ code: BatchCode,
        _ delivery: NewDelivery,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Registered {
        struct Input: Encodable {
            let code: String
            let delivery: NewDelivery
        }
        guard delivery.units.total > 0 else { throw Refusal(.batchEmpty) }
        let input = Input(code: code.description, delivery: delivery)
        return try await sealing("receive-batch", key: key, input: input, by: staff) { tx, now in
            guard delivery.receivedOn <= now.day else {
                throw Refusal(.dayInFuture, ["field": .field(.receivedOn)])
            }
            let batch = try tx.lockBatch(code, for: staff)
            let isPaid = batch.acquisition == .purchase
            guard isPaid == (delivery.payment != nil), isPaid || delivery.price == .zero else {
                throw Refusal(.batchPaymentUneven, ["field": .field(.payment)])
            }
            guard (batch.donorKind == .person) == (delivery.seller != nil) else {
                throw Refusal(.sellerMissing, ["field": .field(.sellerName)])
            }
            let id = newID(Delivery.self)
            let salt = Data(randomness.bytes(16))
            let digest = delivery.seller.map { $0.digest(salted: salt) }
            let identity: [SQL] =
                delivery.seller.map { seller in
                    [
                        """
                        insert into seller_identities (delivery_id, salt, name, address, document, number, issued_on, issued_by)
                        values (\(id), \(salt), \(seller.name), \(seller.address), \(seller.document), \(seller.number),
                                \(seller.issuedOn), \(seller.issuedBy))
                        """
                    ]
                } ?? []
            _ = try tx.pipeline(
                [
                    """
                    insert into deliveries (id, batch_id, received_on, donor_kind, donor_name, donor_siret,
                        seller_digest, acquisition, price_cents, payment, grams, recorded_at, recorded_by)
                    values (\(id), \(batch.id), \(delivery.receivedOn), \(batch.donorKind), \(batch.donorName),
                            \(batch.donorSiret), \(digest), \(batch.acquisition), \(delivery.price), \(delivery.payment),
                            \(delivery.weight?.count), \(now), \(staff.id))
                    """
                ]
                    + delivery.units.listed.map { kind, units in
                        """
                        insert into delivery_lines (delivery_id, device_kind, units) values (\(id), \(kind), \(units))
                        """
                    } + identity
            )
            let received = RegisterRecord.Received(
                batch: batch.code,
                donorKind: batch.donorKind,
                donorName: batch.donorName,
                donorSiret: batch.donorSiret,
                sellerDigest: digest.map(hexadecimal),
                acquisition: batch.acquisition,
                price: delivery.price,
                payment: delivery.payment,
                weight: delivery.weight,
                units: delivery.units
            )
            let entry = try register(
                .delivery(received),
                of: .delivery(id),
                in: batch.shop,
                on: delivery.receivedOn,
                in: tx,
                by: staff,
                at: now
            )
            return (Registered(batch: batch.code, ordinal: entry.link.position), entry)
        }
    }

    /// Says of a machine that is not on the shelf with which lot it came, under the next ordinal number of the register. One
    /// that was sold or given is the shop’s again by that. Said again of the same lot, it changes nothing. Throws
    /// `deviceUnknown`, `deviceRecycled`, `batchUnknown`, `batchNotReceived`, `deviceInBatch`, `batchAfterShelf`.
    public func addDevice(
        _ label: DeviceLabel,
        to code: BatchCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Registered {
        let facts: [String: Refusal.Fact] = [
            "label": .text(label.description), "batch": .text(code.description),
        ]
        let input = [label.description, code.description]
        return try await sealing(
            "add-device-to-batch",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            let batch = try tx.lockBatch(code, for: staff)
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkMayCome()
            let known: Int64? = try tx.query(
                """
                select ordinal from register_entries where batch_id = \(batch.id) and device_id = \(device.id)
                """
            ).first?["ordinal"]
            if let known {
                // It left since: the same lot brings it once.
                guard device.stage != .left else { throw Refusal(.deviceInBatch, facts) }
                return (Registered(batch: batch.code, ordinal: known), nil)
            }
            let entry = try add(device.id, to: batch, in: tx, by: staff, at: now)
            return (Registered(batch: batch.code, ordinal: entry.link.position), entry)
        }
    }

    /// Puts a machine that this transaction holds into a lot, and both into the register.
    func add(
        _ device: ID<Device>,
        to batch: LockedBatch,
        in tx: Transaction,
        by staff: Staff,
        at now: Instant
    ) throws -> SealedEntry {
        let rows = try tx.pipeline([
            """
            insert into batch_devices (batch_id, device_id, after_ordinal, recorded_at, recorded_by)
            values (\(batch.id), \(device), (
                select y.ordinal from devices d \(LastStay.joins)
                where d.id = \(device) and x.kind in ('sale', 'gift') and not \(LastStay.cameBack)), \(now), \(staff.id))
            """,
            """
            select d.label, d.kind, d.maker, d.model, d.serial, m.after_ordinal
            from devices d join batch_devices m on m.device_id = d.id and m.batch_id = \(batch.id) where d.id = \(device)
            """,
        ])
        return try register(
            .machine(RegisterRecord.Machine(rows[1][0], of: batch.code)),
            of: .machine(batch.id, device),
            in: batch.shop,
            on: now.day,
            in: tx,
            by: staff,
            at: now
        )
    }
}

extension Store {
    /// Throws `batchUnknown` for a lot of another shop, `batchNotReceived`.
    func checkReceived(_ code: BatchCode, in shop: ID<Shop>) async throws {
        _ = try await transaction { tx in try tx.receivedBatch(code, in: shop) }
    }

    /// Whether a known machine comes with this lot: it left by a ticket, or is in work and came with none. No machine comes
    /// twice with one lot.
    func joins(
        _ device: LockedDevice,
        _ batch: LockedBatch,
        in tx: Transaction
    ) throws -> Bool {
        let known: SQL = "select from batch_devices where device_id = \(device.id)"
        guard try tx.query("\(known) and batch_id = \(batch.id)").isEmpty else { return false }
        return try joinsALot(device, knownBy: known, in: tx)
    }

    private func joinsALot(
        _ device: LockedDevice,
        knownBy known: SQL,
        in tx: Transaction
    ) throws -> Bool {
        switch device.stage {
        case .onShelf, .inTransit: false
        case .left: device.removed == nil && device.stay?.ticket != nil
        case .inWork:
            try tx.query(known).isEmpty
        }
    }
}

extension LockedDevice {
    /// Throws `deviceRecycled` for what is not a machine any more.
    fileprivate func checkMayCome() throws(Refusal) {
        if stage == .left, removed != nil || stay?.ticket == nil {
            throw Refusal(.deviceRecycled, facts)
        }
    }
}

extension SellerIdentity {
    /// What the register keeps of it: nobody guesses the identity from it, and whoever has both proves that they belong
    /// together.
    func digest(salted salt: Data) -> Data {
        var digest = SHA256()
        digest.update(data: salt)
        digest.update(data: Data(canonical.utf8))
        return Data(digest.finalize())
    }
}

extension RegisterRecord.Machine {
    init(_ row: Row, of batch: String) throws {
        self.init(
            batch: batch,
            label: try row["label"],
            kind: try row["kind"],
            maker: try row["maker"],
            model: try row["model"],
            serial: try row["serial"],
            afterStay: try row["after_ordinal"]
        )
    }
}

/// A lot whose row this transaction has locked.
struct LockedBatch {
    let id: ID<Batch>
    let code: String
    let shop: ID<Shop>
    let acquisition: Acquisition
    let donorKind: DonorKind
    let donorName: String
    let donorSiret: String
}

extension Transaction {
    /// A lot of which something came. Throws `batchUnknown` for a lot of another shop, `batchNotReceived`.
    func receivedBatch(_ code: BatchCode, in shop: ID<Shop>) throws -> ID<Batch> {
        let rows = try query(
            """
            select id, exists (select from deliveries r where r.batch_id = b.id) as is_received from batches b
            where code = \(code.description) and shop_id = \(shop)
            """
        )
        guard let row = rows.first else { throw Refusal.unknownBatch(code.description) }
        guard try row["is_received"] else {
            throw Refusal(.batchNotReceived, ["batch": .text(code.description)])
        }
        return try row["id"]
    }

    /// Throws `batchUnknown`, for a lot of a shop where `staff` does not work the stock as for one that is not there.
    func lockBatch(_ code: BatchCode, for staff: Staff) throws -> LockedBatch {
        let rows = try pipeline([
            "select id from batches where code = \(code.description) for no key update",
            """
            select b.id, b.code, b.shop_id, b.acquisition, d.kind, d.name, d.siret
            from batches b join donors d on d.id = b.donor_id where b.code = \(code.description)
            """,
        ])
        guard let row = rows[1].first,
            staff.holds(anyOf: .stockWorkers, in: try row["shop_id"])
        else { throw Refusal.unknownBatch(code.description) }
        return LockedBatch(
            id: try row["id"],
            code: try row["code"],
            shop: try row["shop_id"],
            acquisition: try row["acquisition"],
            donorKind: try row["kind"],
            donorName: try row["name"],
            donorSiret: try row["siret"]
        )
    }
}
