import Postgres
public import Shop

/// What finding did.
public struct ToldFinding: Hashable, Sendable, Codable {
    public let code: String
    /// Machines that are in stock again.
    public let found: Int
}

extension Store {
    /// Machines that were said to be missing on a slip are in the shop that it was sent to after all: they stand there, in stock
    /// again. The sending shop finds its own by `reverseRemoval`.
    ///
    /// Throws `transferUnknown` for one of other shops, `nothingTicked`, `transferNotListed`, `deviceNotRemoved` for a machine
    /// that is not missing, or was put back by the sending shop.
    public func findMissing(
        _ labels: DeviceLabels,
        of code: TransferCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ToldFinding {
        struct Input: Encodable {
            let code: String
            let devices: DeviceLabels
        }
        let input = Input(code: code.description, devices: labels)
        return try await command("find-missing", key: key, input: input, by: staff) { tx, now in
            let (transfer, shop) = try tx.lockReceived(code, for: staff)
            guard !labels.texts.isEmpty else {
                throw Refusal(.nothingTicked, ["field": .field(.labels)])
            }
            let machines = try tx.lockMachines(of: transfer)
            for label in labels.texts {
                guard let machine = machines[label] else {
                    throw Refusal(
                        .transferNotListed,
                        [
                            "field": .field(.labels), "text": .text(label),
                            "code": .text(code.description),
                        ]
                    )
                }
                guard let removal = machine.removal else {
                    throw Refusal(
                        .deviceNotRemoved,
                        ["field": .field(.labels), "label": .text(label)]
                    )
                }
                try tx.find(machine, removal, of: code, in: shop, by: staff, at: now)
            }
            return ToldFinding(code: code.description, found: labels.texts.count)
        }
    }
}

private struct TravelledMachine {
    let id: ID<Device>
    let ordinal: Int
    /// The loss by which its journey ended, while nobody took it back and it travelled no more.
    let removal: Int?
}

extension Transaction {
    /// Throws `transferUnknown` where `staff` does not work the stock where it was sent to.
    fileprivate func lockReceived(
        _ code: TransferCode,
        for staff: Staff
    ) throws -> (id: ID<Transfer>, shop: ID<Shop>) {
        let rows = try query(
            "select id, to_shop_id from transfers where code = \(code.description) for no key update"
        )
        guard let row = rows.first, staff.holds(anyOf: .stockWorkers, in: try row["to_shop_id"])
        else { throw Transfer.unknown(code.description) }
        return (try row["id"], try row["to_shop_id"])
    }

    /// By label; locks them by ascending id.
    fileprivate func lockMachines(of transfer: ID<Transfer>) throws -> [String: TravelledMachine] {
        let rows = try pipeline([
            """
            select d.id from devices d join transfer_devices v on v.device_id = d.id
            where v.transfer_id = \(transfer) order by d.id for no key update of d
            """,
            """
            select d.label, v.device_id, v.ordinal, \(TransferCard.openLoss) as removal
            from transfer_devices v join devices d on d.id = v.device_id
            left join transfer_ends e on e.device_id = v.device_id and e.ordinal = v.ordinal
            where v.transfer_id = \(transfer)
            """,
        ])
        return try Dictionary(
            rows[1].map { row in
                (
                    try row["label"] as String,
                    TravelledMachine(
                        id: try row["device_id"],
                        ordinal: try row["ordinal"],
                        removal: try row["removal"]
                    )
                )
            }
        ) { first, _ in first }
    }

    fileprivate func find(
        _ machine: TravelledMachine,
        _ removal: Int,
        of code: TransferCode,
        in shop: ID<Shop>,
        by staff: Staff,
        at now: Instant
    ) throws {
        _ = try pipeline([
            """
            insert into removal_reversals (device_id, ordinal, motive, recorded_at, recorded_by)
            select \(machine.id), \(removal), \(code.description), greatest(\(now)::timestamptz, max(left_at)), \(staff.id)
            from exits where device_id = \(machine.id)
            """,
            """
            insert into transfer_findings (device_id, ordinal, removal_ordinal, shop_id, found_at, found_by)
            select device_id, \(machine.ordinal), ordinal, \(shop), recorded_at, recorded_by from removal_reversals
            where device_id = \(machine.id) and ordinal = \(removal)
            """,
        ])
    }
}

extension TransferCard {
    /// Of a machine on a slip `v` whose journey ended as `e` says: the loss that is still to be taken back; null where there is
    /// none, and where it travelled since.
    static let openLoss: SQL = """
        (select m.ordinal from removals m
         where e.kind = 'loss' and m.device_id = e.device_id and m.recorded_at = e.ended_at
           and not exists (select from removal_reversals b where b.device_id = m.device_id and b.ordinal = m.ordinal)
           and not exists (select from transfer_devices l where l.device_id = v.device_id and l.ordinal > v.ordinal))
        """
}
