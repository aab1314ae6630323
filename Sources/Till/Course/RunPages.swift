import Shop
import Store

/// The list of runs.
struct RunsPage: Page {
    static let template = "runs"

    let mayWrite: Bool
    let isEmpty: Bool
    let rows: [RunRow]
    let pager: Pager?

    struct RunRow: Sendable {
        let path: String
        let code: String
        let structure: String
        let programme: String
        let startsOn: String
        let hours: String
        let enrolled: String
        let completed: String
    }

    init(_ words: Words, _ runs: Paged<RunSummary>, isFirst: Bool, mayWrite: Bool) {
        self.mayWrite = mayWrite
        isEmpty = runs.items.isEmpty
        rows = runs.items.map { run in
            RunRow(
                path: "/runs/\(run.code)",
                code: run.code,
                structure: run.structureName,
                programme: run.programme,
                startsOn: run.startsOn.printed,
                hours: run.hours,
                enrolled: words.number(run.enrolled),
                completed: words.number(run.completed)
            )
        }
        pager =
            isFirst && runs.next == nil
            ? nil
            : Pager(
                first: isFirst ? nil : "/runs",
                next: runs.next.map { "/runs?after=\($0)" },
                words: words.counted("run_pager", runs.items.count)
            )
    }
}

extension RunSummary {
    /// `15 h 30 / 16 h 30`.
    var hours: String {
        "\(Written.minutes(deliveredMinutes)) / \(Written.minutes(plannedMinutes))"
    }
}

/// The form that opens a run.
struct NewRunPage: Page {
    static let template = "run-new"

    let key: String
    let workplace: WorkplaceBar?
    let refusal: RefusalCard?
    let code: Field
    let course: Choice
    /// Those that are open on the first day; nil when none is.
    let programme: Choice?
    let structure: Listed
    let facilitator: Choice
    let place: Field
    let startsOn: Field

    /// - Parameters:
    ///   - begins: the day whose programmes and agreements are listed.
    ///   - code: the next one that is free.
    ///   - facilitators: whoever asks comes first.
    ///   - form: what was typed before, when it was refused.
    init(
        _ words: Words,
        key: ID<Claim>,
        workplace: WorkplaceBar? = nil,
        begins: Day,
        code next: String,
        courses: [Course],
        programmes: [Programme],
        structures: [StructureRow],
        facilitators: [Facilitator],
        form: Form,
        refusal: RefusalCard? = nil
    ) {
        let open = programmes.filter { ($0.startsOn...$0.endsOn).contains(begins) }
        self.key = key.text
        self.workplace = workplace
        self.refusal = refusal
        code = Field(
            "code",
            label: words("run_code_label"),
            value: form["code"] ?? next,
            hint: words("run_code_hint")
        )
        course = Choice(
            "course",
            label: words("run_course"),
            options: courses.map { ($0.code, $0.name) },
            chosen: form["course"]
        )
        programme =
            open.isEmpty
            ? nil
            : Choice(
                "programme",
                label: words("run_programme"),
                options: open.map {
                    (
                        $0.code,
                        words(
                            "run_programme_choice",
                            [
                                "name": $0.name, "from": $0.startsOn.printed,
                                "to": $0.endsOn.printed,
                            ]
                        )
                    )
                },
                chosen: form["programme"]
            )
        structure = Listed(
            Field(
                "structure",
                label: words("run_structure"),
                value: form["structure"] ?? "",
                hint: words("run_structure_hint")
            ),
            choices: structures.filter { ($0.agreementEndsOn ?? begins) >= begins }.map(\.name)
        )
        facilitator = Choice(
            "facilitator",
            label: words("run_facilitator"),
            options: facilitators.map { ($0.login, $0.name) },
            chosen: form["facilitator"]
        )
        place = Field(
            "place",
            label: words("run_place"),
            value: form["place"] ?? "",
            isRequired: false
        )
        startsOn = Field(
            "starts_on",
            label: words("run_starts_on"),
            value: form["starts_on"] ?? begins.iso,
            hint: words("run_starts_hint"),
            type: "date"
        )
    }
}

/// What the attestation of a finished course says, for paper.
struct AttestationPage: Sheet {
    static let template = "attestation"
    static let sheet = "sheet-attestation"

    let run: String
    let runPath: String
    let file: String
    let association: String
    let shop: String
    let address: String
    let name: String
    let sentence: String
    let number: String
    let doneAt: String
    let followed: String
    let modules: String
    let structure: String
    let place: String
    let facilitator: String
    let programme: String
    let right: String
    let bars: Markup
    let square: Markup
    /// Since when it proves nothing any more; nil while it holds.
    let revoked: String?

    init(_ words: Words, _ attestation: Attestation) {
        let language = words.language
        run = attestation.run
        runPath = "/runs/\(attestation.run)"
        file = "/attestations/\(attestation.code.digits)/attestation.pdf"
        association = attestation.association
        shop = attestation.shop
        address = attestation.address
        number = words("attestation_number", ["code": attestation.code.printed])
        doneAt = words(
            "attestation_done_at",
            ["city": attestation.city, "day": attestation.completedOn.spelled(in: language)]
        )
        name = attestation.name.isEmpty ? attestation.personCode : attestation.name
        sentence = words(
            "attestation_sentence",
            [
                "course": attestation.course, "first": attestation.firstOn.spelled(in: language),
                "last": attestation.lastOn.spelled(in: language),
                "day": attestation.completedOn.spelled(in: language),
            ]
        )
        followed = words(
            "attestation_followed_of",
            [
                "attended": Written.minutes(attestation.minutesAttended),
                "planned": Written.minutes(attestation.plannedMinutes),
            ]
        )
        modules = words(
            "attestation_modules_of",
            [
                "count": words.number(attestation.modulesCounted),
                "total": words.number(attestation.modulesTotal),
            ]
        )
        structure = attestation.structure
        place = attestation.place
        facilitator = attestation.facilitator
        programme = attestation.programme
        right = words(
            "attestation_right",
            ["day": attestation.rightEndsOn.spelled(in: language)]
        )
        bars = Barcode.code128(attestation.code.digits)
        square = Barcode.qr(attestation.code.digits)
        revoked = attestation.revokedOn.map {
            words("attestation_revoked", ["day": $0.spelled(in: language)])
        }
    }
}
