/// What the report counts in machines and in money. Raw values are in addresses: never rename or reuse one.
public enum MachineFigure: String, CaseIterable, Sendable {
    case kept = "devices"
    case bought = "devices_bought"
    case given = "devices_given"
    case during = "devices_during_the_course"
    case after = "devices_after_the_course"
    case paidByPersons = "paid_by_persons"
    case paidByProgrammes = "paid_by_programmes"

    /// Whether a machine is behind the figure. For money what came back counts too, as far as something was kept.
    public func counts(_ machine: Acquired) -> Bool {
        switch self {
        case .kept: machine.isKept
        case .bought: machine.isKept && machine.equipment.by == .sale
        case .given: machine.isKept && machine.equipment.by == .gift
        case .during: machine.isKept && machine.isDuring
        case .after: machine.isKept && !machine.isDuring
        case .paidByPersons: machine.equipment.paidByPerson > .zero
        case .paidByProgrammes: machine.equipment.paidByProgramme > .zero
        }
    }

    public var isMoney: Bool { self == .paidByPersons || self == .paidByProgrammes }

    /// What a machine adds to a sum of money; nil where machines are counted.
    public func cents(of machine: Acquired) -> Cents? {
        switch self {
        case .kept, .bought, .given, .during, .after: nil
        case .paidByPersons: machine.equipment.paidByPerson
        case .paidByProgrammes: machine.equipment.paidByProgramme
        }
    }

    public func name(in language: Language) -> String {
        switch self {
        case .kept: language.choose("Appareils gardés", "Devices kept")
        case .bought: language.choose("Appareils achetés", "Devices bought")
        case .given: language.choose("Appareils attribués", "Devices given")
        case .during: language.choose("Acquis pendant le parcours", "Acquired during the course")
        case .after: language.choose("Acquis après le parcours", "Acquired after the course")
        case .paidByPersons: language.choose("Payé par les personnes", "Paid by the persons")
        case .paidByProgrammes: language.choose("Payé par les programmes", "Paid by programmes")
        }
    }
}

/// What a figure comes to.
public enum FigureValue: Hashable, Sendable {
    case count(Int)
    case cents(Cents)
}

/// What a figure of the report counts.
public enum Counted: Hashable, Sendable {
    case runs
    case parents(Figure)
    /// Who had finished, until the attestation was taken back.
    case revoked
    case machines(MachineFigure)

    public static let all =
        [Counted.runs, .revoked] + Figure.allCases.map(Counted.parents)
        + MachineFigure.allCases.map(Counted.machines)

    /// As addresses name it.
    public var code: String {
        switch self {
        case .runs: "runs_started"
        case .parents(let figure): figure.rawValue
        case .revoked: "revoked"
        case .machines(let figure): figure.rawValue
        }
    }

    public init?(code: String) {
        guard let counted = Counted.all.first(where: { $0.code == code }) else { return nil }
        self = counted
    }

    public func name(in language: Language) -> String {
        switch self {
        case .runs: language.choose("Parcours commencés", "Runs started")
        case .parents(let figure): figure.name(in: language)
        case .revoked: language.choose("Attestations retirées", "Attestations taken back")
        case .machines(let figure): figure.name(in: language)
        }
    }

    public func definition(in language: Language) -> String {
        switch self {
        case .runs:
            language.choose(
                "Parcours dont une séance au moins a eu lieu.",
                "Runs of which at least one session was held."
            )
        case .parents(let figure): figure.definition(in: language)
        case .revoked:
            language.choose(
                "Avaient achevé, jusqu’à ce que l’attestation soit retirée. Aucun chiffre de ceux qui ont achevé ne les compte\u{202F}; ce qui leur a été vendu ou attribué reste.",
                "Had finished, until the attestation was taken back. No figure of those who finished counts them; what was sold or given to them stays."
            )
        case .machines(.paidByPersons), .machines(.paidByProgrammes):
            language.choose(
                "Pour les appareils de ceux qui ont achevé, remboursements déduits.",
                "For the devices of those who finished, refunds deducted."
            )
        case .machines:
            language.choose(
                "Appareils de ceux qui ont achevé\u{202F}; ce qui a été rendu ne compte plus.",
                "Devices of those who finished; what came back counts no longer."
            )
        }
    }
}

/// A figure, of the whole or of one part.
public struct ReportCut: Sendable {
    public let counted: Counted
    public let axis: Axis?
    public let key: String

    public init(_ counted: Counted, by axis: Axis? = nil, key: String = "") {
        self.counted = counted
        self.axis = axis
        self.key = key
    }

    /// The rows behind a figure.
    public enum Rows: Sendable {
        case runs([EquipmentOfFinishers.RunFacts])
        case parents([EquipmentOfFinishers.Parent])
        case machines([Acquired], MachineFigure)

        /// What they come to together.
        public var value: FigureValue {
            switch self {
            case .runs(let runs): .count(runs.count)
            case .parents(let parents): .count(parents.count)
            case .machines(let machines, let figure):
                figure.isMoney
                    ? .cents(machines.compactMap(figure.cents).sum()) : .count(machines.count)
            }
        }
    }

    public func rows(of report: EquipmentOfFinishers) -> Rows {
        switch counted {
        case .runs: .runs(report.runs.filter(holds))
        case .parents(let figure):
            .parents(
                report.all.rows(figure).filter { parent in
                    axis.map { $0.key(of: parent) == key } ?? true
                }
            )
        case .revoked:
            .parents(
                report.revoked.filter { parent in axis.map { $0.key(of: parent) == key } ?? true }
            )
        case .machines(let figure):
            .machines(
                report.all.machines.filter { machine in
                    figure.counts(machine) && axis.map { $0.key(of: machine) == key } ?? true
                },
                figure
            )
        }
    }

    private func holds(_ run: EquipmentOfFinishers.RunFacts) -> Bool {
        switch axis {
        case .run: run.code == key
        case .structure: run.structure == key
        case .quarter, .device, nil: true
        }
    }
}
