/// What a run follows: modules in their order. Never changed once a run follows it; a new version is a new course.
public struct Course: Hashable, Sendable {
    public let id: ID<Course>
    public let code: String
    public let version: Int
    public let name: String
    /// By position.
    public let modules: [Module]

    public init(id: ID<Course>, code: String, version: Int, name: String, modules: [Module]) {
        self.id = id
        self.code = code
        self.version = version
        self.name = name
        self.modules = modules
    }

    /// 990 minutes for the parents of Lille: 16 h 30.
    public var plannedMinutes: Int { modules.map(\.plannedMinutes).reduce(0, +) }
}

public struct Module: Hashable, Sendable {
    public let id: ID<Module>
    public let position: Int
    public let kind: Kind
    public let name: String
    public let plannedMinutes: Int

    /// Raw values are stored.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        case basic, thematic

        public func name(in language: Language) -> String {
            switch self {
            case .basic: language.choose("socle", "basic")
            case .thematic: language.choose("thématique", "thematic")
            }
        }
    }

    public init(
        id: ID<Module>,
        position: Int,
        kind: Kind,
        name: String,
        plannedMinutes: Int
    ) {
        self.id = id
        self.position = position
        self.kind = kind
        self.name = name
        self.plannedMinutes = plannedMinutes
    }
}

/// One session of a run, as one parent lived it.
public struct Attended: Hashable, Sendable {
    public let module: ID<Module>
    /// How long the session lasted.
    public let deliveredMinutes: Int
    /// How much of it the parent was there for; zero when absent.
    public let minutes: Int
    /// Whether it was caught up with another run.
    public let isElsewhere: Bool

    public init(
        module: ID<Module>,
        deliveredMinutes: Int,
        minutes: Int,
        isElsewhere: Bool = false
    ) {
        self.module = module
        self.deliveredMinutes = deliveredMinutes
        self.minutes = minutes
        self.isElsewhere = isElsewhere
    }
}
