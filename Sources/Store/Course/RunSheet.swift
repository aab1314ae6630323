import Postgres
public import Shop

/// A run with who is on its list, what was held and who was there: what the grid shows and completion decides on.
public struct RunSheet: Sendable {
    public let run: RunSummary
    public let course: Course
    /// The rule in force on the day for which the sheet was read.
    public let rule: CompletionRule
    /// By day.
    public let sessions: [Held]
    /// What was planned and not held, in the order planned; called off ones among them.
    public let planned: [SessionRow]
    /// By name, then by code.
    public let parents: [Parent]
    /// Who waits for a seat, in the order of asking.
    public let waiting: [Waiting]
    /// Who is in the team beside the facilitator, by name.
    public let helpers: [Helper]

    public struct Held: Sendable {
        public let id: ID<Session>
        public let module: ID<Module>
        public let heldOn: Day
        public let deliveredMinutes: Int
    }

    public struct Parent: Sendable {
        public let enrolment: ID<Enrolment>
        public let person: ID<Person>
        public let code: String
        /// As people call them; empty once the identity is erased.
        public let name: String
        public let structure: String
        public let enrolledOn: Day
        /// The latest revision, by session; absent where nothing was written.
        public let minutes: [ID<Session>: Int]
        public let completion: Completion?
        public let decision: CompletionDecision
    }

    public struct Waiting: Sendable {
        public let person: ID<Person>
        public let code: String
        /// As people call them; empty once the identity is erased.
        public let name: String
        public let askedOn: Day
    }

    public struct Completion: Sendable {
        public let code: String
        public let completedOn: Day
        public let motive: String?
        public let rightEndsOn: Day
    }

    /// What the run gave: 15 h 30 where 16 h 30 were planned.
    public var deliveredMinutes: Int { sessions.map(\.deliveredMinutes).reduce(0, +) }
}
