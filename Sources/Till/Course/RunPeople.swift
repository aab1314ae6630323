import Shop
import Store

extension RunPage {
    struct WaitingList: Sendable {
        let title: String
        let people: [Waiter]
        /// Puts the first one on the list; nil while no seat is free.
        let admit: Act?
    }

    struct Waiter: Sendable {
        let path: String
        let name: String
        let words: String
        /// By which structure, in the portal; nil where the shop did.
        let enrolledBy: String?
        let withdraw: Motivated?
    }

    struct Parent: Sendable {
        let path: String
        let name: String
        /// By which structure, in the portal; nil where the shop did.
        let enrolledBy: String?
        let counted: String
        let catchUps: [String]
        let explained: String
        let attestation: Attested?
        let isReached: Bool
        let isShort: Bool
        /// An attestation that was taken back.
        let revoked: String?
        let certify: Motivated?
        let revoke: Motivated?
        let withdraw: Motivated?
    }

    /// What a named person does about one parent, and why.
    struct Motivated: Sendable {
        let action: String
        let key: String
        let person: String
        let motive: Field
        let button: String
    }

    struct Attested: Sendable {
        let path: String
        let words: String
        let motive: String?
    }

    /// Where a person is searched for and chosen.
    struct Enrol: Sendable {
        let action: String
        let search: Field
        let isSearched: Bool
        let hasFound: Bool
        /// What is said where nobody was found.
        let nobody: String
        let found: [Found]
    }

    struct Found: Sendable {
        let action: String
        let key: String
        let code: String
        let name: String
        let words: String
    }
}

extension RunPage.WaitingList {
    init(
        _ words: Words,
        _ sheet: RunSheet,
        path: String,
        mayWrite: Bool,
        newKey: () -> ID<Claim>
    ) {
        let isFull = sheet.run.seats.map { sheet.run.enrolled >= $0 } ?? false
        let names = sheet.waiting.map { $0.name.isEmpty ? $0.code : $0.name }
        self.init(
            title: words.counted("run_waiting", sheet.waiting.count),
            people: zip(sheet.waiting, names).enumerated().map { index, waiter in
                RunPage.Waiter(
                    path: "/persons/\(waiter.0.code)",
                    name: waiter.1,
                    words: words(
                        "run_waiting_place",
                        [
                            "place": words.number(index + 1),
                            "day": waiter.0.askedOn.printed,
                        ]
                    ),
                    enrolledBy: waiter.0.enrolledBy.map {
                        words("run_enrolled_by", ["structure": $0])
                    },
                    withdraw: mayWrite
                        ? RunPage.Motivated(
                            words,
                            "withdraw",
                            waiter.0.person,
                            code: waiter.0.code,
                            name: waiter.1,
                            action: "\(path)/withdrawals",
                            key: newKey()
                        ) : nil
                )
            },
            admit: mayWrite && !isFull
                ? RunPage.Act(
                    action: "\(path)/admissions",
                    key: newKey().text,
                    words: words("run_admit", ["name": names[0]])
                ) : nil
        )
    }
}

extension RunPage.Motivated {
    init(
        _ words: Words,
        _ act: String,
        _ person: ID<Person>,
        code: String,
        name: String,
        action: String,
        key: ID<Claim>
    ) {
        self.init(
            action: action,
            key: key.text,
            person: code,
            motive: Field(
                "motive-\(act)-\(person)",
                label: words("run_\(act)_motive"),
                hint: words("run_motive_hint")
            ),
            button: words("run_\(act)_yes", ["name": name])
        )
    }
}

extension RunPage.Parent {
    init(
        _ words: Words,
        _ parent: RunSheet.Parent,
        path: String,
        mayWrite: Bool,
        mayRevoke: Bool,
        newKey: () -> ID<Claim>
    ) {
        func motivated(_ act: String, _ name: String) -> RunPage.Motivated {
            RunPage.Motivated(
                words,
                act,
                parent.person,
                code: parent.code,
                name: parent.shownName(words),
                action: "\(path)/\(name)",
                key: newKey()
            )
        }
        let isOpen = parent.completion == nil
        let isReached = parent.decision.finished
        self.init(
            path: "/persons/\(parent.person)",
            name: parent.shownName(words),
            enrolledBy: parent.enrolledBy.map { words("run_enrolled_by", ["structure": $0]) },
            counted: Written.minutes(parent.decision.minutesCounted),
            catchUps: parent.catchUps.map { caught in
                words(
                    "run_caught_up",
                    [
                        "minutes": Written.minutes(caught.minutes), "run": caught.run,
                        "day": caught.heldOn.printed,
                    ]
                )
            },
            explained: parent.decision.explained(in: words.language),
            attestation: parent.completion.map { done in
                RunPage.Attested(
                    path: "/attestations/\(done.code)",
                    words: words("run_attestation", ["day": done.completedOn.printed]),
                    motive: done.motive.map { words("run_motive", ["motive": $0]) }
                )
            },
            isReached: isOpen && isReached,
            isShort: isOpen && !isReached,
            revoked: parent.revoked.map {
                words("run_revoked", ["day": $0.revokedOn.printed, "motive": $0.motive])
            },
            certify: isOpen && !isReached && mayWrite
                ? motivated("certify", "completions") : nil,
            revoke: mayRevoke
                ? parent.completion.map { done in
                    RunPage.Motivated(
                        words,
                        "revoke",
                        parent.person,
                        code: done.code,
                        name: parent.shownName(words),
                        action: "\(path)/revocations",
                        key: newKey()
                    )
                } : nil,
            withdraw: isOpen && mayWrite ? motivated("withdraw", "withdrawals") : nil
        )
    }
}

extension RunPage.Enrol {
    /// Who is not on the list, and may be put on it.
    init(
        _ words: Words,
        _ sheet: RunSheet,
        _ asked: RunAsked,
        path: String,
        newKey: () -> ID<Claim>
    ) {
        let enrolled = Set(sheet.parents.map(\.person) + sheet.waiting.map(\.person))
        self.init(
            words,
            searchedAt: "\(path)/search#enrol",
            field: "q",
            label: words("run_enrol_search"),
            found: asked.found?.filter { !enrolled.contains($0.id) },
            typed: asked.form,
            chosenAt: "\(path)/enrolments",
            newKey: newKey
        )
    }

    /// - Parameter found: nil when nobody was searched for.
    init(
        _ words: Words,
        searchedAt: String,
        field: String,
        label: String,
        found: [PersonRow]?,
        typed: Form,
        chosenAt: String,
        newKey: () -> ID<Claim>
    ) {
        self.init(
            action: searchedAt,
            search: Field(
                field,
                label: label,
                value: found == nil ? "" : typed[field] ?? "",
                type: "search"
            ),
            isSearched: found != nil,
            hasFound: found?.isEmpty == false,
            nobody: words("run_found_nobody"),
            found: (found ?? []).map { person in
                RunPage.Found(
                    action: chosenAt,
                    key: newKey().text,
                    code: person.code,
                    name: person.name,
                    words: [person.name, person.birthYear.map(String.init), person.structure]
                        .compactMap(\.self).joined(separator: ", ")
                )
            }
        )
    }
}
