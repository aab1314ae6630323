public import Shop

/// The reports that there are. Raw values are in commands, addresses and files.
public enum Report: String, CaseIterable, Sendable {
    case equipmentOfFinishers = "equipment-of-finishers"

    public func name(in language: Language) -> String {
        switch self {
        case .equipmentOfFinishers:
            language.choose(
                "Équipement des parents qui ont achevé",
                "Equipment of the parents who finished"
            )
        }
    }

    /// Throws `unknownThing`.
    public init(named name: String) throws(Refusal) {
        guard let report = Report(rawValue: name) else {
            throw Refusal(.unknownThing, ["text": .text(String(name.prefix(40)))])
        }
        self = report
    }
}

/// The report as a program reads it.
public struct EquipmentDocument: Encodable, Sendable {
    let report = Report.equipmentOfFinishers.rawValue
    let programme: ProgrammePart
    let asOf: Day
    let runsStarted: Int
    let deliveredMinutes: Int
    let totals: Totals
    let byRun: [Group]
    let byStructure: [Group]
    let byQuarter: [Group]
    let byDeviceType: [Devices]
    let rows: [RowPart]

    enum CodingKeys: String, CodingKey {
        case report, programme
        case asOf = "as_of"
        case runsStarted = "runs_started"
        case deliveredMinutes = "delivered_minutes"
        case totals
        case byRun = "by_run"
        case byStructure = "by_structure"
        case byQuarter = "by_quarter"
        case byDeviceType = "by_device_type"
        case rows
    }

    public init(_ report: EquipmentOfFinishers) {
        programme = ProgrammePart(report.programme)
        asOf = report.asOf
        runsStarted = report.runs.count
        deliveredMinutes = report.deliveredMinutes
        totals = Totals(report.all)
        byRun = report.figures(by: .run).map { group in
            Group(group, run: report.runs.first { $0.code == group.key })
        }
        byStructure = report.figures(by: .structure).map { Group($0, run: nil) }
        byQuarter = report.figures(by: .quarter).map { Group($0, run: nil) }
        byDeviceType = report.deviceFigures.map(Devices.init)
        rows = report.parents.map(RowPart.init)
    }

    struct ProgrammePart: Encodable, Sendable {
        let code: String
        let name: String
        let startsOn: Day
        let endsOn: Day
        let parentsTarget: Int
        let runsTarget: Int

        enum CodingKeys: String, CodingKey {
            case code, name
            case startsOn = "starts_on"
            case endsOn = "ends_on"
            case parentsTarget = "parents_target"
            case runsTarget = "runs_target"
        }

        init(_ programme: Programme) {
            code = programme.code
            name = programme.name
            startsOn = programme.startsOn
            endsOn = programme.endsOn
            parentsTarget = programme.parentsTarget
            runsTarget = programme.runsTarget
        }
    }

    struct Totals: Encodable, Sendable {
        let figures: EquipmentFigures

        init(_ figures: EquipmentFigures) { self.figures = figures }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            for figure in Figure.allCases {
                try container.encode(figures.count(figure), forKey: Key(figure.rawValue))
            }
            try container.encode(figures.devices, forKey: Key("devices"))
            try container.encode(figures.paidByPersons, forKey: Key("paid_by_persons_cents"))
            try container.encode(figures.paidByProgrammes, forKey: Key("paid_by_programmes_cents"))
        }
    }

    struct Group: Encodable, Sendable {
        let figures: EquipmentFigures
        let run: EquipmentOfFinishers.RunFacts?

        init(_ figures: EquipmentFigures, run: EquipmentOfFinishers.RunFacts?) {
            self.figures = figures
            self.run = run
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(figures.key, forKey: Key("key"))
            if let run {
                try container.encode(run.structure, forKey: Key("structure"))
                try container.encode(run.startsOn, forKey: Key("starts_on"))
                try container.encode(run.plannedMinutes, forKey: Key("planned_minutes"))
                try container.encode(run.deliveredMinutes, forKey: Key("delivered_minutes"))
            }
            try Totals(figures).encode(to: encoder)
        }
    }

    struct Devices: Encodable, Sendable {
        let key: String
        let devices: Int
        let byPurchase: Int
        let byGift: Int
        let during: Int
        let after: Int
        let paidByPersons: Cents
        let paidByProgrammes: Cents

        enum CodingKeys: String, CodingKey {
            case key, devices
            case byPurchase = "by_purchase"
            case byGift = "by_gift"
            case during = "during_the_course"
            case after = "after_the_course"
            case paidByPersons = "paid_by_persons_cents"
            case paidByProgrammes = "paid_by_programmes_cents"
        }

        init(_ figures: DeviceFigures) {
            key = figures.kind
            devices = figures.kept.count
            byPurchase = figures.count(by: .sale)
            byGift = figures.count(by: .gift)
            during = figures.during
            after = figures.after
            paidByPersons = figures.paidByPersons
            paidByProgrammes = figures.paidByProgrammes
        }
    }

    /// A key that is made at run time.
    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }
}

extension EquipmentDocument {
    /// One parent, and what they acquired.
    public struct RowPart: Encodable, Sendable {
        let person: String
        let run: String
        let structure: String
        let quarter: String
        let enrolledOn: Day
        let startedOn: Day?
        let completedOn: Day?
        let householdMembers: Int
        let equipment: [EquipmentPart]

        enum CodingKeys: String, CodingKey {
            case person, run, structure, quarter
            case enrolledOn = "enrolled_on"
            case startedOn = "started_on"
            case completedOn = "completed_on"
            case householdMembers = "household_members"
            case equipment
        }

        public init(_ parent: EquipmentOfFinishers.Parent) {
            person = parent.person
            run = parent.run
            structure = parent.structure
            quarter = parent.quarter
            enrolledOn = parent.enrolledOn
            startedOn = parent.startedOn
            completedOn = parent.completedOn
            householdMembers = parent.householdMembers
            equipment = parent.equipment.map(EquipmentPart.init)
        }
    }

    struct EquipmentPart: Encodable, Sendable {
        let device: String
        let kind: String
        let by: TicketKind
        let acquiredOn: Day
        let receipt: String
        let paidByPerson: Cents
        let paidByProgramme: Cents
        let returnedOn: Day?

        enum CodingKeys: String, CodingKey {
            case device, kind, by
            case acquiredOn = "acquired_on"
            case receipt
            case paidByPerson = "paid_by_person_cents"
            case paidByProgramme = "paid_by_programme_cents"
            case returnedOn = "returned_on"
        }

        init(_ equipment: EquipmentOfFinishers.Equipment) {
            device = equipment.label
            kind = equipment.kind
            by = equipment.by
            acquiredOn = equipment.acquiredOn
            receipt = equipment.receipt
            paidByPerson = equipment.paidByPerson
            paidByProgramme = equipment.paidByProgramme
            returnedOn = equipment.returnedOn
        }
    }
}
