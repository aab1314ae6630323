/// One stretch of the agreement with a structure: while it lasts, its professionals may sign.
public struct Agreement: Hashable, Sendable, Codable, Dated {
    public let startsOn: Day
    /// Nil: until further notice.
    public let endsOn: Day?

    public init(startsOn: Day, endsOn: Day?) {
        self.startsOn = startsOn
        self.endsOn = endsOn
    }

    /// Both its days count.
    public func covers(_ day: Day) -> Bool {
        startsOn <= day && endsOn.map { day <= $0 } ?? true
    }

    /// What follows it begins after its end. Throws `agreementGoesOn`.
    public func checkFollowed(from day: Day) throws(Refusal) {
        guard let endsOn, endsOn < day else {
            throw Refusal(.agreementGoesOn, ["field": .field(.startsOn), "period": period])
        }
    }

    /// How long it runs, as a sentence.
    public var period: Refusal.Fact {
        guard let endsOn else {
            return .explained(
                french: "Elle commence le \(startsOn.printed), sans date de fin.",
                english: "It begins on \(startsOn.printed), with no end date."
            )
        }
        return .explained(
            french: "Elle va du \(startsOn.printed) au \(endsOn.printed).",
            english: "It goes from \(startsOn.printed) to \(endsOn.printed)."
        )
    }
}

extension [Agreement] {
    /// The one that tells how the structure stands on a day: the last that has begun, else the first to come.
    public func standing(on day: Day) -> Agreement? {
        inForce(on: day) ?? self.min { $0.startsOn < $1.startsOn }
    }
}
