// Two limits side by side: those that contradict each other, and those of which one never has a say.

extension QuotaRule {
    /// The limit of another code that says something else of the same uses while this one is in force; nil when none does.
    /// `versions` are those of every rule, with or without this one.
    public func contradiction(among versions: [QuotaRule]) -> QuotaRule? {
        others(versions).first { isAboutTheSame(as: $0) && measuresAlike($0) }
    }

    /// The limits that refuse all that this one would, before it: it has no say while they are in force.
    public func stricter(among versions: [QuotaRule]) -> [QuotaRule] {
        others(versions).filter { $0.refusesAllThat(self) && !isAboutTheSame(as: $0) }
    }

    /// The limits that will have no say any more.
    public func silenced(among versions: [QuotaRule]) -> [QuotaRule] {
        others(versions).filter { refusesAllThat($0) && !isAboutTheSame(as: $0) }
    }

    /// Limits of other codes that are in force at some time together with this one, by code.
    private func others(_ versions: [QuotaRule]) -> [QuotaRule] {
        guard isLimit else { return [] }
        let end = lastDay(among: versions)
        return versions.filter { other in
            other.code != code && other.isLimit && other.startsOn <= end
                && startsOn <= other.lastDay(among: versions)
        }
        .sorted { ($0.code, $0.startsOn) < ($1.code, $1.startsOn) }
    }

    /// The day before the next version of its code, or the end of time.
    private func lastDay(among versions: [QuotaRule]) -> Day {
        versions.filter { $0.code == code && $0.startsOn > startsOn }.map(\.startsOn).min()
            .map { $0.adding(days: -1) } ?? Day(Int(Int32.max))
    }

    private func isAboutTheSame(as other: QuotaRule) -> Bool {
        category == other.category && machines == other.machines && product == other.product
            && holder == other.holder && span == other.span && kinds == other.kinds
            && countedOrigins == other.countedOrigins && shop == other.shop
    }

    private func measuresAlike(_ other: QuotaRule) -> Bool {
        (unitsMax != nil && other.unitsMax != nil) || (centsMax != nil && other.centsMax != nil)
    }

    /// It counts all that the other counts, and leaves no more of it.
    private func refusesAllThat(_ other: QuotaRule) -> Bool {
        countsAllThat(other) && isWithin(unitsMax, other.unitsMax)
            && isWithin(centsMax, other.centsMax)
    }

    private func isWithin<Amount: Comparable>(_ own: Amount?, _ other: Amount?) -> Bool {
        guard let other else { return true }
        return own.map { $0 <= other } ?? false
    }

    private func countsAllThat(_ other: QuotaRule) -> Bool {
        category == other.category && (shop == nil || shop == other.shop)
            && (product == nil || product == other.product)
            && (machines.map { own in other.machines.map(own.isSuperset) ?? false } ?? true)
            && kinds.isSuperset(of: other.kinds) && origins.isSuperset(of: other.countedOrigins)
            && (holder == other.holder || (holder == .household && other.holder == .person))
            && span.reachesBack(asFarAs: other.span)
    }
}

extension QuotaRule.Span {
    /// Whether all that counts in the other window counts in this one. A use of this month counts for a month at least.
    fileprivate func reachesBack(asFarAs other: Self) -> Bool {
        switch (self, other) {
        case (.slidingMonths, .calendarMonth): true
        case (.slidingMonths(let own), .slidingMonths(let other)): own >= other
        default: self == other
        }
    }
}
