/// Who finished a course, and with what equipment they left: the report that the funders of a programme read.
///
/// Every figure is a question asked of the same rows, so each one opens the rows behind it, and the groups of a table add
/// up to its total. It is seen from the end of a day: nothing later counts.
public struct EquipmentOfFinishers: Sendable {
    public let programme: Programme
    public let asOf: Day
    /// By code. Only those that had begun.
    public let runs: [RunFacts]
    /// Each person once: in the run of the programme where they went furthest, the earliest of these.
    public let parents: [Parent]
    /// Whether all of it was invented.
    public let isDemonstration: Bool

    public struct RunFacts: Hashable, Sendable {
        public let code: String
        public let structure: String
        public let startsOn: Day
        public let plannedMinutes: Int
        public let deliveredMinutes: Int

        public init(
            code: String,
            structure: String,
            startsOn: Day,
            plannedMinutes: Int,
            deliveredMinutes: Int
        ) {
            self.code = code
            self.structure = structure
            self.startsOn = startsOn
            self.plannedMinutes = plannedMinutes
            self.deliveredMinutes = deliveredMinutes
        }
    }

    public struct Parent: Hashable, Sendable {
        /// `P-72D3BX`: no report names anybody.
        public let person: String
        public let run: String
        /// Who sent the parent.
        public let structure: String
        /// Empty when it is not known.
        public let quarter: String
        public let enrolledOn: Day
        /// The first session of which a minute was attended.
        public let startedOn: Day?
        public let completedOn: Day?
        /// The day on which the attestation was taken back, for whoever has had none since.
        public let revokedOn: Day?
        /// How many live in the household, the parent included.
        public let householdMembers: Int
        /// What the parent acquired since the run began, by day.
        public let equipment: [Equipment]

        public init(
            person: String,
            run: String,
            structure: String,
            quarter: String,
            enrolledOn: Day,
            startedOn: Day?,
            completedOn: Day?,
            revokedOn: Day? = nil,
            householdMembers: Int,
            equipment: [Equipment]
        ) {
            self.person = person
            self.run = run
            self.structure = structure
            self.quarter = quarter
            self.enrolledOn = enrolledOn
            self.startedOn = startedOn
            self.completedOn = completedOn
            self.revokedOn = revokedOn
            self.householdMembers = householdMembers
            self.equipment = equipment
        }

        /// What has not come back. Whoever returned everything is equipped no longer from that day on.
        public var kept: [Equipment] { equipment.filter { $0.returnedOn == nil } }
    }

    /// A machine that left by a ticket in the parent's name; it serves the household.
    public struct Equipment: Hashable, Sendable {
        public let label: String
        /// As devices name it: `laptop`, `smartphone`.
        public let kind: String
        public let by: TicketKind
        public let acquiredOn: Day
        public let receipt: String
        /// What was paid and not given back.
        public let paidByPerson: Cents
        public let paidByProgramme: Cents
        public let returnedOn: Day?
        /// When the gift’s act was signed, or its refusal witnessed; nil for what was bought, and while it waits.
        public let handedOverOn: Day?

        public init(
            label: String,
            kind: String,
            by: TicketKind,
            acquiredOn: Day,
            receipt: String,
            paidByPerson: Cents,
            paidByProgramme: Cents,
            returnedOn: Day?,
            handedOverOn: Day? = nil
        ) {
            self.label = label
            self.kind = kind
            self.by = by
            self.acquiredOn = acquiredOn
            self.receipt = receipt
            self.paidByPerson = paidByPerson
            self.paidByProgramme = paidByProgramme
            self.returnedOn = returnedOn
            self.handedOverOn = handedOverOn
        }
    }

    public init(
        programme: Programme,
        asOf: Day,
        runs: [RunFacts],
        parents: [Parent],
        isDemonstration: Bool = false
    ) {
        self.programme = programme
        self.isDemonstration = isDemonstration
        self.asOf = asOf
        self.runs = runs.sorted { $0.code < $1.code }
        self.parents = Dictionary(grouping: parents, by: \.person).values
            .compactMap {
                $0.min { ($0.rank, $0.enrolledOn, $0.run) < ($1.rank, $1.enrolledOn, $1.run) }
            }
            .sorted { ($0.run, $0.person) < ($1.run, $1.person) }
    }
}

extension EquipmentOfFinishers {
    /// Who had finished, until the attestation was taken back: in no figure of those who finished, and told beside them.
    public var revoked: [Parent] { parents.filter { $0.revokedOn != nil } }
}

extension EquipmentOfFinishers.Parent {
    /// How far someone went: finished first.
    fileprivate var rank: Int { completedOn != nil ? 0 : startedOn != nil ? 1 : 2 }
}
