/// What the report counts, in parents. Raw values are in addresses and files: never rename or reuse one.
public enum Figure: String, CaseIterable, Sendable {
    case enrolled
    case started
    case finished
    case equipped
    case byPurchase = "equipped_by_purchase"
    case byGift = "equipped_by_gift"
    case notYet = "not_equipped_yet"
    case during = "equipped_during_the_course"
    case after = "equipped_after_the_course"

    /// The whole definition: whether a parent counts.
    public func counts(_ parent: EquipmentOfFinishers.Parent) -> Bool {
        guard let completedOn = parent.completedOn else {
            return self == .enrolled || self == .started && parent.startedOn != nil
        }
        let first = parent.kept.first
        switch self {
        case .enrolled, .finished: return true
        // A named person may have called a course finished that nobody's attendance shows.
        case .started: return parent.startedOn != nil
        case .equipped: return first != nil
        // Who bought one machine and was given another counts once, as a buyer.
        case .byPurchase: return parent.kept.contains { $0.by == .sale }
        case .byGift: return first != nil && !parent.kept.contains { $0.by == .sale }
        case .notYet: return first == nil
        // By the first machine that was kept. The day of completion is still the course.
        case .during: return first.map { $0.acquiredOn <= completedOn } ?? false
        case .after: return first.map { $0.acquiredOn > completedOn } ?? false
        }
    }

    public func name(in language: Language) -> String {
        switch self {
        case .enrolled: language.choose("Parents inscrits", "Parents enrolled")
        case .started: language.choose("Ont commencé", "Started")
        case .finished: language.choose("Ont achevé", "Finished")
        case .equipped: language.choose("Équipés", "Equipped")
        case .byPurchase: language.choose("Équipés par achat", "Equipped by purchase")
        case .byGift: language.choose("Équipés par attribution gratuite", "Equipped by gift")
        case .notYet: language.choose("Pas encore équipés", "Not equipped yet")
        case .during: language.choose("Équipés pendant le parcours", "Equipped during the course")
        case .after: language.choose("Équipés après le parcours", "Equipped after the course")
        }
    }

    public func definition(in language: Language) -> String {
        switch self {
        case .enrolled:
            language.choose(
                "Personnes inscrites à un parcours du programme, chacune une fois.",
                "Persons enrolled in a run of the programme, each once."
            )
        case .started:
            language.choose(
                "Inscrits présents au moins une minute à une séance.",
                "Enrolled persons who attended at least a minute of a session."
            )
        case .finished:
            language.choose(
                "Parcours achevé selon la règle datée, ou par décision motivée.",
                "Course finished by the dated rule, or by a decision with a motive."
            )
        case .equipped:
            language.choose(
                "Ont achevé, et gardent au moins un appareil acquis depuis le début du parcours.",
                "Finished, and keep at least one device acquired since the run began."
            )
        case .byPurchase:
            language.choose(
                "Équipés qui ont acheté au moins un appareil.",
                "Equipped parents who bought at least one device."
            )
        case .byGift:
            language.choose(
                "Équipés qui n’ont que des appareils attribués gratuitement.",
                "Equipped parents who only have devices given to them."
            )
        case .notYet:
            language.choose(
                "Ont achevé et n’ont pas d’appareil, ou ont tout rendu.",
                "Finished, and have no device, or returned everything."
            )
        case .during:
            language.choose(
                "Premier appareil acquis au plus tard le jour où le parcours est achevé.",
                "First device acquired on the day the course was finished at the latest."
            )
        case .after:
            language.choose(
                "Premier appareil acquis après ce jour.",
                "First device acquired after that day."
            )
        }
    }
}

/// How the report is cut. Raw values are in addresses and files.
public enum Axis: String, CaseIterable, Sendable {
    case run, structure, quarter
    case device = "device_type"

    /// By which parents are counted: each is in one part. They may have machines of several types.
    public static let ofParents: [Axis] = [.run, .structure, .quarter]

    /// The part in which a parent counts; nil by type of device.
    public func key(of parent: EquipmentOfFinishers.Parent) -> String? {
        switch self {
        case .run: parent.run
        case .structure: parent.structure
        case .quarter: parent.quarter
        case .device: nil
        }
    }

    /// The part in which a machine counts.
    public func key(of machine: Acquired) -> String {
        key(of: machine.parent) ?? machine.equipment.kind
    }

    public func name(in language: Language) -> String {
        switch self {
        case .run: language.choose("Parcours", "Run")
        case .structure: language.choose("Structure partenaire", "Partner structure")
        case .quarter: language.choose("Quartier", "Quarter")
        case .device: language.choose("Type d’appareil", "Type of device")
        }
    }
}

/// A part of the report, or all of it: the same questions asked of fewer rows.
public struct EquipmentFigures: Sendable {
    /// What the rows have in common: a run's code, a structure's name, a quarter; empty for all or the unknown.
    public let key: String
    public let parents: [EquipmentOfFinishers.Parent]

    public init(key: String, parents: [EquipmentOfFinishers.Parent]) {
        self.key = key
        self.parents = parents
    }

    public func count(_ figure: Figure) -> Int { rows(figure).count }

    /// The rows behind a figure.
    public func rows(_ figure: Figure) -> [EquipmentOfFinishers.Parent] {
        parents.filter(figure.counts)
    }

    /// What those who finished paid and did not get back.
    public var paidByPersons: Cents { machines.map(\.equipment.paidByPerson).sum() }
    public var paidByProgrammes: Cents { machines.map(\.equipment.paidByProgramme).sum() }
    /// Machines that those who finished keep.
    public var devices: Int { rows(.finished).map(\.kept.count).reduce(0, +) }

    /// What those who finished acquired, what came back included, by parent.
    public var machines: [Acquired] {
        rows(.finished).flatMap { parent in
            parent.equipment.map { Acquired(parent: parent, equipment: $0) }
        }
    }
}

/// A machine that one who finished acquired.
public struct Acquired: Hashable, Sendable {
    public let parent: EquipmentOfFinishers.Parent
    public let equipment: EquipmentOfFinishers.Equipment

    public var isKept: Bool { equipment.returnedOn == nil }
    /// The day on which the course was finished is still the course.
    public var isDuring: Bool {
        parent.completedOn.map { equipment.acquiredOn <= $0 } ?? false
    }
}

/// The machines of one kind that those who finished acquired, counted in machines.
public struct DeviceFigures: Sendable {
    public let kind: String
    public let acquired: [Acquired]

    /// What came back does not count.
    public var kept: [Acquired] { acquired.filter(\.isKept) }
    public func count(by kind: TicketKind) -> Int { kept.count { $0.equipment.by == kind } }
    public var during: Int { kept.count(where: \.isDuring) }
    public var after: Int { kept.count - during }
    public var paidByPersons: Cents { acquired.map(\.equipment.paidByPerson).sum() }
    public var paidByProgrammes: Cents { acquired.map(\.equipment.paidByProgramme).sum() }

    public func value(_ figure: MachineFigure) -> FigureValue {
        switch figure {
        case .kept: .count(kept.count)
        case .bought: .count(count(by: .sale))
        case .given: .count(count(by: .gift))
        case .during: .count(during)
        case .after: .count(after)
        case .paidByPersons: .cents(paidByPersons)
        case .paidByProgrammes: .cents(paidByProgrammes)
        }
    }
}

extension EquipmentOfFinishers {
    public var all: EquipmentFigures { EquipmentFigures(key: "", parents: parents) }

    /// By key; the unknown first. Nothing by type of device, which parents have several of.
    public func figures(by axis: Axis) -> [EquipmentFigures] {
        let known = parents.compactMap { parent in axis.key(of: parent).map { ($0, parent) } }
        return Dictionary(grouping: known, by: \.0)
            .map { EquipmentFigures(key: $0.key, parents: $0.value.map(\.1)) }
            .sorted { $0.key < $1.key }
    }

    /// By kind.
    public var deviceFigures: [DeviceFigures] {
        Dictionary(grouping: all.machines, by: \.equipment.kind)
            .map { DeviceFigures(kind: $0.key, acquired: $0.value) }
            .sorted { $0.kind < $1.kind }
    }

    public var deliveredMinutes: Int { runs.map(\.deliveredMinutes).reduce(0, +) }
}
