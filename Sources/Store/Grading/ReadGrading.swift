import Postgres
public import Shop

/// What the rules in force would make of a machine today, and what it would be offered at.
public struct GradingProposal: Sendable, Codable {
    /// As the machine reports it.
    public let processor: String
    /// Of the table; nil when it does not have the processor.
    public let mark: ProcessorMark?
    public let memoryMB: Int?
    /// In force for machines of its kind, the newest first. Empty: nobody grades them.
    public let rules: [Rules]
    /// By grade and price list, those that have a price today.
    public let prices: [Price]
    /// What the law lets be asked; nil where it sets nothing.
    public let ceiling: Cents?

    public struct Rules: Sendable, Codable {
        public let code: String
        public let startsOn: Day
        public let french: String
        public let english: String
        /// For looks; nil where they weigh nothing.
        public let weightLeast: Int?
        public let weightMost: Int?
        /// Nil while something is to be typed.
        public let outcome: GradingOutcome?

        public func name(in language: Language) -> String { language.choose(french, english) }
    }

    public struct Price: Hashable, Sendable, Codable {
        public let grade: Grade
        public let channel: PriceChannel
        /// Of the table, under the ceiling.
        public let priceCents: Cents
    }

    public func price(of grade: Grade, _ channel: PriceChannel = .standard) -> Cents? {
        prices.first { $0.grade == grade && $0.channel == channel }?.priceCents
    }
}

extension Store {
    /// What would be proposed for the machine of this label today. Throws `deviceUnknown`, also for one outside `reach`.
    public func gradingProposal(
        _ label: DeviceLabel,
        in reach: Reach = .everyShop
    ) async throws -> GradingProposal {
        let day = clock.now().day
        return try await transaction { tx in
            guard
                let row = try tx.query(
                    """
                    select d.id, d.kind from devices d \(LastStay.joins)
                    where d.label = \(label.description) and \(reach.condition(LastStay.standsIn))
                    """
                ).first
            else { throw Refusal(.deviceUnknown, ["label": .text(label.description)]) }
            let kind: DeviceKind = try row["kind"]
            let device: ID<Device> = try row["id"]
            let facts = try tx.gradedFacts(of: device, on: day)
            let ceiling = try tx.priceCeiling(of: device, on: day)
            return GradingProposal(
                processor: facts.processor,
                mark: facts.mark,
                memoryMB: facts.memoryMB,
                rules: try tx.gradingRules().inForce(for: kind, on: day).map {
                    GradingProposal.Rules($0, facts)
                },
                prices: try tx.gradePrices(on: day).compactMap { price in
                    guard price.deviceKind == kind,
                        let cents = proposedPrice(table: price.priceCents, ceiling: ceiling)
                    else { return nil }
                    return .init(grade: price.grade, channel: price.channel, priceCents: cents)
                },
                ceiling: ceiling
            )
        }
    }
}

extension GradingProposal.Rules {
    fileprivate init(_ rules: GradingRules, _ facts: GradedFacts) {
        var outcome: GradingOutcome?
        if let mark = facts.mark?.mark, let memoryMB = facts.memoryMB, !facts.hasUnreadDisk {
            // What cannot be graded as it is waits for somebody to type it.
            do throws(Refusal) {
                outcome = try rules.grade(
                    GradedMachine(mark: mark, memoryMB: memoryMB, disks: facts.disks)
                )
            } catch { outcome = nil }
        }
        self.init(
            code: rules.code,
            startsOn: rules.startsOn,
            french: rules.french,
            english: rules.english,
            weightLeast: rules.weight?.lowerBound,
            weightMost: rules.weight?.upperBound,
            outcome: outcome
        )
    }
}

extension Grading {
    /// Rows of one grading `g`, one a part, in their order; nil when there is none.
    init?(_ rows: Rows) throws {
        guard let row = rows.first else { return nil }
        self.init(
            label: try row["label"],
            ordinal: try row["ordinal"],
            rules: Rules(
                code: try row["set_code"],
                startsOn: try row["set_starts_on"],
                french: try row["name_fr"],
                english: try row["name_en"]
            ),
            mark: try row["processor_mark"],
            markSource: try row["mark_source"],
            memoryMB: try row["memory_mb"],
            outcome: GradingOutcome(
                parts: try rows.map {
                    .init(part: try $0["part"], amount: try $0["amount"], points: try $0["points"])
                },
                diskPoints: try row["disk_points"],
                weight: try row["weight"],
                total: try row["total"],
                cap: try GradingRules.Cap(row),
                verdict: try row["computed"]
            ),
            given: try row["given"],
            motive: try row["motive"],
            gradedAt: try row["graded_at"],
            operatorCode: try row["operator"]
        )
    }

    /// The last grading of machine `d` since an instant, for `init`.
    static func last(of label: String, since: SQL) -> SQL {
        """
        select g.*, p.part, p.amount, p.points, s.name_fr, s.name_en, c.best as cap_best, u.operator
        from (select d.label, g.* from devices d join gradings g on g.device_id = d.id and g.graded_at > \(since)
              where d.label = \(label) order by g.ordinal desc limit 1) g
        join grading_parts p on p.device_id = g.device_id and p.ordinal = g.ordinal
        join grading_rule_sets s on s.code = g.set_code and s.starts_on = g.set_starts_on
        left join grading_caps c on c.code = g.set_code and c.starts_on = g.set_starts_on
            and c.processor_below = g.cap_below and c.storage = g.cap_storage
        join users u on u.id = g.recorded_by
        order by p.position
        """
    }
}
