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
    /// By name, then by code.
    public let guests: [Guest]
    /// Who waits for a seat, in the order of asking.
    public let waiting: [Waiting]
    /// Who is in the team beside the facilitator, by name.
    public let helpers: [Helper]

    public struct Held: Sendable {
        public let id: ID<Session>
        public let module: ID<Module>
        public let heldOn: Day
        public let deliveredMinutes: Int
        /// The signed sheets, the first attached first; the attendance is frozen where there is one.
        public let sheets: [SheetAttached]
    }

    public struct Parent: Sendable {
        public let enrolment: ID<Enrolment>
        public let person: ID<Person>
        public let code: String
        /// As people call them; empty once the identity is erased.
        public let name: String
        public let structure: String
        /// The structure, where it enrolled them itself in the portal; nil where the shop did.
        public let enrolledBy: String?
        public let enrolledOn: Day
        /// The latest revision, by session of this run; absent where nothing was written.
        public let marks: [ID<Session>: Mark]
        /// Sessions of other runs of the course that they were at, by day.
        public let catchUps: [CatchUp]
        public let completion: Completion?
        /// The attestation that was taken back last, for whoever has none now.
        public let revoked: Revoked?
        public let decision: CompletionDecision
    }

    /// How somebody was at one session.
    public struct Mark: Hashable, Sendable {
        public let status: PresenceStatus
        public let minutes: Int

        public init(status: PresenceStatus, minutes: Int) {
            self.status = status
            self.minutes = minutes
        }
    }

    /// A module that was caught up with another run.
    public struct CatchUp: Hashable, Sendable {
        public let run: String
        public let module: ID<Module>
        public let heldOn: Day
        public let deliveredMinutes: Int
        public let minutes: Int
    }

    /// Somebody of another run who catches a module up with this one.
    public struct Guest: Sendable {
        public let person: ID<Person>
        public let code: String
        /// As people call them; empty once the identity is erased.
        public let name: String
        /// The run on whose list they are.
        public let run: String
        public let marks: [ID<Session>: Mark]
    }

    public struct Waiting: Sendable {
        public let person: ID<Person>
        public let code: String
        /// As people call them; empty once the identity is erased.
        public let name: String
        public let askedOn: Day
        /// The structure, where it put them there itself in the portal; nil where the shop did.
        public let enrolledBy: String?
    }

    public struct Completion: Sendable {
        public let code: String
        public let completedOn: Day
        public let motive: String?
        public let rightEndsOn: Day
    }

    public struct Revoked: Sendable {
        public let code: String
        public let revokedOn: Day
        public let motive: String
    }

    /// What the run gave: 15 h 30 where 16 h 30 were planned.
    public var deliveredMinutes: Int { sessions.map(\.deliveredMinutes).reduce(0, +) }
}

extension RunSheet.Parent {
    /// The latest revision, by session of this run; absent where nothing was written.
    public var minutes: [ID<Session>: Int] { marks.mapValues(\.minutes) }
}
