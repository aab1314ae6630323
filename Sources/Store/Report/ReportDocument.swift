public import Shop

/// The reports that there are. Raw values are in commands, addresses and files.
public enum Report: String, CaseIterable, Sendable {
    case equipmentOfFinishers = "equipment-of-finishers"

    public func name(in language: Language) -> String {
        switch self {
        case .equipmentOfFinishers:
            language.choose(
                "Équipement des parents qui ont achevé leur parcours",
                "Equipment of the parents who finished"
            )
        }
    }
}

/// The report as a program reads it: the figures, how they are cut, and the rows behind them all.
public struct EquipmentDocument: Codable, Sendable {
    public let report: String
    public let programme: ProgrammePart
    public let asOf: Day
    public let runsStarted: Int
    public let deliveredMinutes: Int
    public let totals: Totals
    /// Who had finished, until the attestation was taken back: in none of the figures of those who finished.
    public let attestationsTakenBack: Int
    public let byRun: [RunGroup]
    public let byStructure: [Group]
    public let byQuarter: [Group]
    public let byDeviceType: [DeviceGroup]
    public let rows: [RowPart]

    public init(_ report: EquipmentOfFinishers) {
        self.report = Report.equipmentOfFinishers.rawValue
        programme = ProgrammePart(report.programme)
        asOf = report.asOf
        runsStarted = report.runs.count
        deliveredMinutes = report.deliveredMinutes
        totals = Totals(report.all)
        attestationsTakenBack = report.revoked.count
        byRun = report.runs.map { run in
            RunGroup(run, report.figures(by: .run).first { $0.key == run.code })
        }
        byStructure = report.figures(by: .structure).map(Group.init)
        byQuarter = report.figures(by: .quarter).map(Group.init)
        byDeviceType = report.deviceFigures.map(DeviceGroup.init)
        rows = report.parents.map(RowPart.init)
    }

    public struct ProgrammePart: Codable, Sendable {
        let code: String
        let name: String
        let startsOn: Day
        let endsOn: Day
        let parentsTarget: Int
        let runsTarget: Int

        init(_ programme: Programme) {
            code = programme.code
            name = programme.name
            startsOn = programme.startsOn
            endsOn = programme.endsOn
            parentsTarget = programme.parentsTarget
            runsTarget = programme.runsTarget
        }
    }

    /// Named as the figures' raw values.
    public struct Totals: Codable, Sendable {
        public let enrolled: Int
        public let started: Int
        public let finished: Int
        public let equipped: Int
        public let equippedByPurchase: Int
        public let equippedByGift: Int
        public let notEquippedYet: Int
        public let equippedDuringTheCourse: Int
        public let equippedAfterTheCourse: Int
        public let devices: Int
        public let paidByPersonsCents: Cents
        public let paidByProgrammesCents: Cents

        init(_ figures: EquipmentFigures) {
            enrolled = figures.count(.enrolled)
            started = figures.count(.started)
            finished = figures.count(.finished)
            equipped = figures.count(.equipped)
            equippedByPurchase = figures.count(.byPurchase)
            equippedByGift = figures.count(.byGift)
            notEquippedYet = figures.count(.notYet)
            equippedDuringTheCourse = figures.count(.during)
            equippedAfterTheCourse = figures.count(.after)
            devices = figures.devices
            paidByPersonsCents = figures.paidByPersons
            paidByProgrammesCents = figures.paidByProgrammes
        }
    }

    public struct Group: Codable, Sendable {
        public let key: String
        public let totals: Totals

        init(_ figures: EquipmentFigures) {
            key = figures.key
            totals = Totals(figures)
        }
    }

    public struct RunGroup: Codable, Sendable {
        public let key: String
        public let structure: String
        public let startsOn: Day
        public let plannedMinutes: Int
        public let deliveredMinutes: Int
        public let totals: Totals

        init(_ run: EquipmentOfFinishers.RunFacts, _ figures: EquipmentFigures?) {
            key = run.code
            structure = run.structure
            startsOn = run.startsOn
            plannedMinutes = run.plannedMinutes
            deliveredMinutes = run.deliveredMinutes
            totals = Totals(figures ?? EquipmentFigures(key: run.code, parents: []))
        }
    }

    /// Counted in machines.
    public struct DeviceGroup: Codable, Sendable {
        public let key: String
        public let devices: Int
        public let byPurchase: Int
        public let byGift: Int
        public let duringTheCourse: Int
        public let afterTheCourse: Int
        public let paidByPersonsCents: Cents
        public let paidByProgrammesCents: Cents

        init(_ figures: DeviceFigures) {
            key = figures.kind
            devices = figures.kept.count
            byPurchase = figures.count(by: .sale)
            byGift = figures.count(by: .gift)
            duringTheCourse = figures.during
            afterTheCourse = figures.after
            paidByPersonsCents = figures.paidByPersons
            paidByProgrammesCents = figures.paidByProgrammes
        }
    }

    /// One parent, and what they acquired.
    public struct RowPart: Codable, Sendable {
        public let person: String
        public let run: String
        public let structure: String
        public let quarter: String
        public let enrolledOn: Day
        public let startedOn: Day?
        public let completedOn: Day?
        public let revokedOn: Day?
        public let householdMembers: Int
        public let equipment: [EquipmentPart]

        init(_ parent: EquipmentOfFinishers.Parent) {
            person = parent.person
            run = parent.run
            structure = parent.structure
            quarter = parent.quarter
            enrolledOn = parent.enrolledOn
            startedOn = parent.startedOn
            completedOn = parent.completedOn
            revokedOn = parent.revokedOn
            householdMembers = parent.householdMembers
            equipment = parent.equipment.map(EquipmentPart.init)
        }
    }

    public struct EquipmentPart: Codable, Sendable {
        public let device: String
        public let kind: String
        public let by: TicketKind
        public let acquiredOn: Day
        public let receipt: String
        public let paidByPersonCents: Cents
        public let paidByProgrammeCents: Cents
        public let returnedOn: Day?
        /// When the gift’s act was signed, or its refusal witnessed.
        public let handedOverOn: Day?

        init(_ equipment: EquipmentOfFinishers.Equipment) {
            device = equipment.label
            kind = equipment.kind
            by = equipment.by
            acquiredOn = equipment.acquiredOn
            receipt = equipment.receipt
            paidByPersonCents = equipment.paidByPerson
            paidByProgrammeCents = equipment.paidByProgramme
            returnedOn = equipment.returnedOn
            handedOverOn = equipment.handedOverOn
        }
    }
}
