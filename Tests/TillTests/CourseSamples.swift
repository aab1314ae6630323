import Foundation
import Shop

@testable import Store
@testable import Till

extension Samples {
    static func course(_ words: Words) throws -> [any Page] {
        let sheet = try sheet()
        let key: () -> ID<Claim> = { ID(UUID()) }
        let today = try Day(typed: "2022-11-08")
        let refusal = RefusalCard(Refusal(.notEnrolled), in: words.language)
        let colleagues = [Facilitator(login: "lina", name: "Lina Brou")]
        var asked = RunAsked(form: Form(encoded: "q=Amina"), refusal: refusal, found: [])
        var pages: [any Page] = [
            RunPage(
                words,
                sheet,
                asked,
                colleagues: colleagues,
                dueQuestionnaires: [.entry: 3],
                today: today,
                mayWrite: true,
                newKey: key
            )
        ]
        asked.found = try [stranger()]
        pages.append(
            RunPage(
                words,
                sheet,
                asked,
                colleagues: colleagues,
                today: today,
                mayWrite: true,
                newKey: key
            )
        )
        pages.append(
            RunPage(
                words,
                sheet,
                RunAsked(isNew: true),
                colleagues: colleagues,
                today: today,
                mayWrite: true,
                newKey: key
            )
        )
        asked = RunAsked(session: sheet.sessions[0].id, guests: [])
        pages.append(
            RunPage(
                words,
                sheet,
                asked,
                colleagues: colleagues,
                today: today,
                mayWrite: true,
                newKey: key
            )
        )
        asked = RunAsked(session: sheet.sessions[0].id)
        pages.append(
            RunPage(
                words,
                sheet,
                asked,
                colleagues: colleagues,
                today: today,
                mayWrite: true,
                newKey: key
            )
        )
        asked = RunAsked(session: sheet.planned[0].id)
        pages.append(
            RunPage(
                words,
                sheet,
                asked,
                colleagues: colleagues,
                today: today,
                mayWrite: true,
                newKey: key
            )
        )
        let empty = RunSheet(
            run: sheet.run,
            course: sheet.course,
            rule: sheet.rule,
            sessions: [],
            planned: [],
            parents: [],
            guests: [],
            waiting: [],
            helpers: []
        )
        pages.append(
            RunPage(
                words,
                empty,
                RunAsked(),
                colleagues: colleagues,
                today: today,
                mayWrite: true,
                newKey: key
            )
        )
        let full = RunSheet(
            run: summary(seats: 4, startsOn: sheet.run.startsOn),
            course: sheet.course,
            rule: sheet.rule,
            sessions: [],
            planned: [],
            parents: [],
            guests: [],
            waiting: sheet.waiting,
            helpers: []
        )
        pages.append(
            RunPage(
                words,
                full,
                RunAsked(),
                colleagues: [],
                today: today,
                mayWrite: false,
                newKey: key
            )
        )
        for mayCorrect in [true, false] {
            pages.append(
                RunPage(
                    words,
                    sheet,
                    RunAsked(session: sheet.sessions[1].id),
                    colleagues: colleagues,
                    mayCorrect: mayCorrect,
                    today: today,
                    mayWrite: true,
                    newKey: key
                )
            )
        }
        let monday = sheet.planned[0].day.firstOfWeek
        return pages + [
            SigningSheetPage(
                words,
                SigningSheet(
                    session: sheet.planned[0],
                    course: sheet.course.name,
                    programme: sheet.run.programmeName,
                    association: "Le Comptoir solidaire",
                    shopName: "Lille Fives",
                    address: "12 rue de l’Exemple, 59000 Lille",
                    facilitators: [sheet.run.facilitator],
                    people: [
                        .init(name: "Rachida de Smet", guestOf: nil),
                        .init(name: "Chloé Martin", guestOf: "LI-2022-04"),
                    ]
                )
            ),
            WeekPage(
                words,
                Paged(items: sheet.planned, next: sheet.planned[0].id.text),
                from: monday,
                isFirst: false,
                today: sheet.planned[0].day
            ),
            WeekPage(
                words,
                Paged(items: [], next: nil),
                from: monday,
                isFirst: true,
                today: monday.adding(days: 9)
            ),
            RunsPage(words, Paged(items: [], next: nil), isFirst: true, mayWrite: false),
            RunsPage(
                words,
                Paged(items: [sheet.run], next: sheet.run.code),
                isFirst: false,
                mayWrite: true
            ),
            NewRunPage(
                words,
                key: key(),
                workplace: bar(at: "/runs/new"),
                begins: today,
                code: "LI-2022-09",
                courses: [sheet.course],
                programmes: [try programme()],
                structures: [],
                facilitators: [Facilitator(login: "solange", name: "Solange Mbemba")],
                form: Form(encoded: "code=LI-2022-09"),
                refusal: refusal
            ),
            NewRunPage(
                words,
                key: key(),
                begins: today.adding(months: 24),
                code: "LI-2024-01",
                courses: [sheet.course],
                programmes: [try programme()],
                structures: [],
                facilitators: [],
                form: Form(encoded: "")
            ),
            AttestationPage(words, try attestation()),
            AttestationPage(words, try attestation(revokedOn: Day(typed: "2022-12-01"))),
            ReportsPage(words, []),
            ReportsPage(words, [try programme()]),
            ReportPage(words, try report()), ReportPage(words, try report(), by: .device),
            try ReportRowsPage(
                words,
                report(),
                ReportCut(Form(encoded: "figure=paid_by_persons&by=device_type&key=laptop")),
                mayOpenRuns: true
            ),
            try ReportRowsPage(
                words,
                report(),
                ReportCut(Form(encoded: "figure=runs_started")),
                mayOpenRuns: true
            ),
            try ReportRowsPage(
                words,
                report(),
                ReportCut(Form(encoded: "figure=equipped&by=run&key=LI-2022-06")),
                mayOpenRuns: true
            ),
            try ReportRowsPage(
                words,
                report(),
                ReportCut(Form(encoded: "figure=equipped_by_gift")),
                mayOpenRuns: false
            ),
        ]
    }

    private static func summary(seats: Int, startsOn: Day) -> RunSummary {
        RunSummary(
            id: ID(UUID()),
            code: "LI-2022-06",
            course: "parents",
            programme: "lille",
            programmeName: "Parents d’élèves — Lille",
            structure: ID(UUID()),
            structureName: "Association Itinéraires",
            shop: "LI",
            facilitator: "Solange Mbemba",
            place: "Maison de quartier de Wazemmes",
            startsOn: startsOn,
            sessions: 7,
            deliveredMinutes: 930,
            plannedMinutes: 990,
            enrolled: 4,
            completed: 2,
            seats: seats,
            waiting: 2,
            isOpen: seats > 10
        )
    }

    private static func sheet() throws -> RunSheet {
        let modules = (1...7).map { position in
            Module(
                id: ID(UUID()),
                position: position,
                kind: position <= 4 ? .basic : .thematic,
                name: ["Ordinateur et fichiers", "Internet", "Messagerie", "Sécurité"][
                    position % 4
                ],
                plannedMinutes: position <= 4 ? 150 : 130
            )
        }
        let course = Course(
            id: ID(UUID()),
            code: "parents",
            version: 1,
            name: "Parcours des parents d’élèves",
            modules: modules
        )
        let rule = try CompletionRule(
            from: Day(typed: "2000-01-01"),
            modulesMin: 6,
            basicModulesAll: true,
            minutesPercentMin: 80,
            modulePercentMin: 50,
            base: .planned
        )
        let sessions = try modules.map { module in
            RunSheet.Held(
                id: ID(UUID()),
                module: module.id,
                heldOn: try Day(typed: "2022-09-20").adding(days: 7 * module.position),
                deliveredMinutes: module.plannedMinutes,
                sheets: module.position == 2
                    ? [
                        SheetAttached(
                            session: ID(UUID()),
                            sheet: ID(UUID()),
                            kind: .pdf,
                            sha256: "9f86d081884c7d65",
                            attachedAt: Instant(microseconds: 0),
                            attachedBy: "Solange Mbemba"
                        )
                    ] : []
            )
        }
        let run = try summary(seats: 8, startsOn: Day(typed: "2022-09-20"))
        return RunSheet(
            run: run,
            course: course,
            rule: rule,
            sessions: sessions,
            planned: try SessionRow.State.allCases.map { state in
                SessionRow(
                    id: ID(UUID()),
                    run: run.code,
                    structure: run.structureName,
                    facilitator: run.facilitator,
                    shop: run.shop,
                    module: 7,
                    moduleName: "Démarches familiales",
                    day: try Day(typed: "2022-11-15"),
                    startsAt: state == .held ? nil : TimeOfDay(minutes: 840),
                    minutes: 130,
                    place: run.place,
                    state: state,
                    moves: 0,
                    changedAt: Instant(microseconds: 0),
                    enrolled: 4
                )
            },
            parents: try [
                parent("Rachida de Smet", sessions, course, rule, missing: 0, done: true),
                parent(
                    "",
                    sessions,
                    course,
                    rule,
                    missing: 3,
                    done: true,
                    motive: "A repris chez elle"
                ),
                parent("Samira Kowalski", sessions, course, rule, missing: 1, done: false),
                parent("Tigist Renard", sessions, course, rule, missing: 4, done: false),
            ],
            guests: [
                RunSheet.Guest(
                    person: ID(UUID()),
                    code: "P-72D3BX",
                    name: "Chloé Martin",
                    run: "LI-2022-04",
                    marks: [sessions[0].id: RunSheet.Mark(status: .excused, minutes: 0)]
                )
            ],
            waiting: ["Amina Benali", ""].map { name in
                RunSheet.Waiting(
                    person: ID(UUID()),
                    code: "P-72D3BX",
                    name: name,
                    askedOn: run.startsOn,
                    enrolledBy: name.isEmpty ? nil : "Association Itinéraires"
                )
            },
            helpers: [Helper(login: "lina", name: "Lina Brou", part: .volunteer)]
        )
    }

    private static func parent(
        _ name: String,
        _ sessions: [RunSheet.Held],
        _ course: Course,
        _ rule: CompletionRule,
        missing: Int,
        done: Bool,
        motive: String? = nil
    ) throws -> RunSheet.Parent {
        let minutes = Dictionary(
            uniqueKeysWithValues: sessions.dropLast(missing).map { ($0.id, $0.deliveredMinutes) }
        )
        var marks = minutes.mapValues { RunSheet.Mark(status: .seen, minutes: $0) }
        marks[sessions[0].id] = RunSheet.Mark(status: .seen, minutes: 100)
        return RunSheet.Parent(
            enrolment: ID(UUID()),
            person: ID(UUID()),
            code: "P-72D3BX",
            name: name,
            structure: "Association Itinéraires",
            enrolledBy: name.isEmpty ? nil : "Association Itinéraires",
            enrolledOn: try Day(typed: "2022-09-20"),
            marks: marks,
            catchUps: [
                RunSheet.CatchUp(
                    run: "LI-2022-04",
                    module: course.modules[6].id,
                    heldOn: try Day(typed: "2022-10-20"),
                    deliveredMinutes: 130,
                    minutes: 130
                )
            ],
            completion: done
                ? RunSheet.Completion(
                    code: "1234567890128",
                    completedOn: try Day(typed: "2022-11-08"),
                    motive: motive,
                    rightEndsOn: try Day(typed: "2023-08-08")
                ) : nil,
            revoked: done
                ? nil
                : RunSheet.Revoked(
                    code: "1234567890128",
                    revokedOn: try Day(typed: "2022-11-10"),
                    motive: "Erreur de personne"
                ),
            decision: decideCompletion(
                attended: sessions.map {
                    Attended(
                        module: $0.module,
                        deliveredMinutes: $0.deliveredMinutes,
                        minutes: minutes[$0.id] ?? 0
                    )
                },
                course: course,
                rule: rule
            )
        )
    }

    static func stranger() throws -> PersonRow {
        let person = """
            {"id":"0190f0f0-0000-7000-8000-000000000001","code":"P-72D3BX","givenName":"Amina",
             "familyName":"Benali","phone":"","birthYear":1984,"quarter":"Fives","structure":"Solfa"}
            """
        return try JSONDecoder().decode(PersonRow.self, from: Data(person.utf8))
    }

    private static func programme() throws -> Programme {
        Programme(
            id: ID(UUID()),
            code: "lille",
            name: "Parents d’élèves — Lille",
            territory: "Lille",
            startsOn: try Day(typed: "2022-06-01"),
            endsOn: try Day(typed: "2023-06-30"),
            parentsTarget: 100,
            runsTarget: 16,
            funders: []
        )
    }

    private static func attestation(revokedOn: Day? = nil) throws -> Attestation {
        Attestation(
            code: CompletionCode(random: Array(1...12)),
            person: ID(UUID()),
            personCode: "P-72D3BX",
            name: "Rachida de Smet",
            run: "LI-2022-06",
            course: "Parcours des parents d’élèves",
            programme: "Parents d’élèves — Lille",
            structure: "Association Itinéraires",
            place: "Maison de quartier de Wazemmes",
            association: "Le Comptoir solidaire",
            shop: "Lille Fives",
            address: "12 rue de l’Exemple, 59000 Lille",
            city: "Lille",
            facilitator: "Solange Mbemba",
            completedOn: try Day(typed: "2022-11-08"),
            firstOn: try Day(typed: "2022-09-20"),
            lastOn: try Day(typed: "2022-11-08"),
            modulesCounted: 7,
            modulesTotal: 7,
            minutesAttended: 930,
            plannedMinutes: 990,
            rightEndsOn: try Day(typed: "2023-08-08"),
            revokedOn: revokedOn
        )
    }

    static func report() throws -> EquipmentOfFinishers {
        func machine(_ label: String, by kind: TicketKind, back: Day? = nil) throws
            -> EquipmentOfFinishers.Equipment
        {
            EquipmentOfFinishers.Equipment(
                label: label,
                kind: "laptop",
                by: kind,
                acquiredOn: try Day(typed: "2022-11-19"),
                receipt: kind == .sale ? "LI1-V-000001" : "LI1-G-000001",
                paidByPerson: kind == .sale ? Cents(unchecked: 9000) : .zero,
                paidByProgramme: kind == .gift ? Cents(unchecked: 7000) : .zero,
                returnedOn: back
            )
        }
        func parent(
            _ code: String,
            _ quarter: String,
            completed: String?,
            _ equipment: [EquipmentOfFinishers.Equipment]
        ) throws -> EquipmentOfFinishers.Parent {
            EquipmentOfFinishers.Parent(
                person: code,
                run: "LI-2022-06",
                structure: "Association Itinéraires",
                quarter: quarter,
                enrolledOn: try Day(typed: "2022-09-20"),
                startedOn: completed == nil ? nil : try Day(typed: "2022-09-20"),
                completedOn: try completed.map { try Day(typed: $0) },
                householdMembers: 3,
                equipment: equipment
            )
        }
        return EquipmentOfFinishers(
            programme: try programme(),
            asOf: try Day(typed: "2022-12-05"),
            runs: [
                EquipmentOfFinishers.RunFacts(
                    code: "LI-2022-06",
                    structure: "Association Itinéraires",
                    startsOn: try Day(typed: "2022-09-20"),
                    plannedMinutes: 990,
                    deliveredMinutes: 930
                )
            ],
            parents: try [
                parent(
                    "P-222222",
                    "Wazemmes",
                    completed: "2022-11-08",
                    [machine("LIPC22-0001", by: .sale), machine("LIPC22-0004", by: .gift)]
                ),
                parent(
                    "P-333333",
                    "",
                    completed: "2022-11-08",
                    [machine("LIPC22-0002", by: .gift)]
                ),
                parent(
                    "P-444444",
                    "Fives",
                    completed: "2022-11-08",
                    [machine("LIPC22-0003", by: .sale, back: Day(typed: "2022-12-01"))]
                ),
                parent("P-555555", "Fives", completed: nil, []),
                EquipmentOfFinishers.Parent(
                    person: "P-666666",
                    run: "LI-2022-06",
                    structure: "Association Itinéraires",
                    quarter: "Fives",
                    enrolledOn: Day(typed: "2022-09-20"),
                    startedOn: nil,
                    completedOn: nil,
                    revokedOn: Day(typed: "2022-12-01"),
                    householdMembers: 1,
                    equipment: []
                ),
            ]
        )
    }
}
