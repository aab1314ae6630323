import Postgres
public import Shop

/// An exception as it is asked for at the till.
public struct NewOverride: Hashable, Sendable, Encodable {
    public let person: ID<Person>
    /// The limit's code.
    public let rule: ShortCode
    /// Of one ticket line, beyond what the limit leaves.
    public let units: Int
    public let cents: Cents
    public let motive: ShortCode
    /// Nil: today alone.
    public let expiresOn: Day?

    /// Throws `quantityOutOfRange`, or `fieldMissing` when it would let nothing through.
    public init(
        person: ID<Person>,
        rule: ShortCode,
        units: Int,
        cents: Cents,
        motive: ShortCode,
        expiresOn: Day? = nil
    ) throws(Refusal) {
        guard (0...1000).contains(units) else {
            throw Refusal(
                .quantityOutOfRange,
                ["field": .field(.limit), "least": .number(0), "most": .number(1000)]
            )
        }
        guard units > 0 || cents > .zero else {
            throw Refusal(.fieldMissing, ["field": .field(.limit)])
        }
        self.person = person
        self.rule = rule
        self.units = units
        self.cents = cents
        self.motive = motive
        self.expiresOn = expiresOn
    }
}

extension Store {
    /// Lets somebody go beyond a limit once, by `granter`, who is not the seller that asks. Sealed in the chain of the
    /// seller's till.
    ///
    /// Throws `roleMissing` when `granter` answers for no shop here, `unknownThing` for no limit in force of that code,
    /// `choiceUnknown` for no motive of today, `overrideExpiry`, `overrideOwn`, `personUnknown`.
    public func grantOverride(
        _ asked: NewOverride,
        by granter: Staff,
        for seller: Staff,
        key: ID<Claim>
    ) async throws -> ID<Override> {
        let place = try seller.place()
        guard granter.holds(anyOf: .overriders, in: place.shop) else {
            throw Refusal(.roleMissing, ["roles": .roles(.overriders)])
        }
        let input = GrantInput(asked: asked, granter: granter.id)
        return try await sealing("grant-override", key: key, input: input, by: seller) { tx, now in
            let head = try ChainHead(tx.query(headLock(of: place.id)))
            let link = head.next(.event, at: max(now, head.lastAt))
            let today = link.at.day
            let record = OverrideRecord(
                override: Override(
                    id: newID(),
                    person: asked.person,
                    rule: try tx.limit(coded: asked.rule, on: today),
                    shop: place.shop,
                    beyond: .init(units: asked.units, value: asked.cents),
                    expiresOn: try tx.expiry(asked.expiresOn, today: today)
                ),
                till: place.id,
                motive: try tx.motive(coded: asked.motive, on: today),
                grantedBy: granter.id,
                askedBy: seller.id,
                link: link
            )
            let entry = try seal(record.canonical, link, after: head.hash)
            _ = try tx.pipeline(entry.statements + [insert(record)])
            return (record.override.id, entry)
        }
    }
}

private struct GrantInput: Encodable, Sendable {
    let asked: NewOverride
    let granter: ID<User>
}

private func insert(_ record: OverrideRecord) -> SQL {
    let override = record.override
    return """
        insert into overrides (id, till_id, shop_id, chain_id, position, granted_at, granted_by, asked_by, person_id,
                               rule, units, cents, motive, expires_on)
        values (\(override.id), \(record.till), \(override.shop), \(record.link.chain), \(record.link.position),
                \(record.link.at), \(record.grantedBy), \(record.askedBy), \(override.person), \(override.rule),
                \(override.beyond.units), \(override.beyond.value), \(record.motive), \(override.expiresOn))
        """
}

extension Transaction {
    /// Throws `unknownThing` where no limit of that code is in force.
    fileprivate func limit(coded code: ShortCode, on day: Day) throws -> String {
        let rules = try query(quotaRuleRows("q.code = \(code)")).map { try QuotaRule($0) }
        guard let rule = rules.inForce(on: day), rule.unitsMax != nil || rule.centsMax != nil else {
            throw Refusal(.unknownThing, ["text": .text(code.text)])
        }
        return rule.code
    }

    /// Throws `choiceUnknown`, with what may be chosen.
    fileprivate func motive(coded code: ShortCode, on day: Day) throws -> String {
        let codes: [String] = try query(motivesOf(day)).map { try $0["code"] }
        guard codes.contains(code.text) else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.motive), "text": .text(code.text),
                    "choices": .text(codes.joined(separator: ", ")),
                ]
            )
        }
        return code.text
    }

    /// Throws `overrideExpiry` before today and beyond what the association allows.
    fileprivate func expiry(_ asked: Day?, today: Day) throws -> Day {
        let day = asked ?? today
        let last = today.adding(days: try number("override_days", on: today))
        guard day >= today, day <= last else {
            throw Refusal(
                .overrideExpiry,
                [
                    "field": .field(.expiresOn), "day": .day(day), "today": .day(today),
                    "last": .day(last),
                ]
            )
        }
        return day
    }
}

extension FieldName {
    public static let expiresOn = FieldName("expires_on", "Valable jusqu’au", "Good until")
}
