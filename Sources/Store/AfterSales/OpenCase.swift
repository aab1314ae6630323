import Postgres
public import Shop

/// A case that was opened, or went on.
public struct AfterSalesDone: Hashable, Sendable, Codable {
    public let code: String
}

extension Store {
    /// Opens a case for a machine that somebody has, with the symptom that they tell; it is taken in at once unless it is only
    /// announced. Throws `deviceUnknown`, also for a machine that another shop sold, `afterSalesNotAway` for one that the
    /// shop has, `afterSalesOpen`, `choiceUnknown` for a symptom that today's tree does not know.
    public func openCase(
        _ label: DeviceLabel,
        symptom: String,
        isHere: Bool = true,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AfterSalesDone {
        struct Input: Encodable {
            let label: String
            let symptom: String
            let isHere: Bool
        }
        let input = Input(label: label.description, symptom: symptom, isHere: isHere)
        return try await command(
            "open-case",
            key: key,
            input: input,
            by: staff,
            facts: ["label": .text(label.description)]
        ) { tx, now in
            let rows = try tx.pipeline([
                "select id from devices where label = \(label.description) for no key update",
                """
                select d.id, coalesce(y.shop_id, d.shop_id) as shop_id, x.ordinal as stay,
                       (select max(ordinal) from after_sales_cases where device_id = d.id) as last
                from devices d
                left join lateral (select * from stays where device_id = d.id order by ordinal desc limit 1) y on true
                left join exits x on x.device_id = y.device_id and x.ordinal = y.ordinal
                where d.label = \(label.description)
                """,
            ])
            guard let row = rows[1].first,
                staff.holds(anyOf: .afterSalesKeepers, in: try row["shop_id"])
            else { throw Refusal(.deviceUnknown, ["label": .text(label.description)]) }
            let tree = try tx.diagnosisTree(on: now.day)
            let symptom = try tree.symptom(typed: symptom)
            guard let stay: Int = try row["stay"] else {
                throw Refusal(.afterSalesNotAway, ["label": .text(label.description)])
            }
            let device: ID<Device> = try row["id"]
            let last: Int? = try row["last"]
            let id = newID(AfterSalesCase.self)
            let code = try tx.nextNumber(AfterSalesCode.mark, in: row["shop_id"], on: now.day)
            try tx.execute(
                """
                insert into after_sales_cases (id, code, device_id, ordinal, previous_ordinal, stay_ordinal, tree_on, symptom,
                                               opened_at, opened_by)
                values (\(id), \(code), \(device), \((last ?? 0) + 1), \(last), \(stay), \(tree.startsOn), \(symptom.code),
                        \(now), \(staff.id))
                """
            )
            if isHere {
                try tx.execute(
                    """
                    insert into after_sales_steps (case_id, ordinal, kind, happened_at, recorded_by)
                    values (\(id), 1, 'received', \(now), \(staff.id))
                    """
                )
            }
            return AfterSalesDone(code: code)
        }
    }
}
