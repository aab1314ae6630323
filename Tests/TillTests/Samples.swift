import Shop

@testable import Till

/// One or more values of every page, that together enter each section of each template.
/// A noun adds its own in a file beside this one and joins them here.
enum Samples {
    static func all(_ words: Words) throws -> [any Page] {
        try [
            frame(words), till(words), device(words), grading(words), inspection(words),
            course(words), people(words),
            users(words),
            workplace(words), portal(words), helpDesk(words), overrides(words),
            handOvers(words), questionnaires(words), donations(words), afterSales(words),
            try stockRoom(words),
            try vault(words),
            stations(words),
        ]
        .flatMap(\.self)
    }

    /// Everything on, everything off: the frame with somebody signed in, and without.
    static func shells(_ words: Words) -> [Shell] {
        [
            Shell(
                words,
                path: "/till",
                csrf: "c5f7",
                user: Shell.User(name: "Lina", role: Role.volunteerSeller.name(in: words.language)),
                shop: "Lille Fives",
                till: "Caisse 1",
                demonstration: true,
                notice: words("style_notice_done"),
                mayOpen: { _ in true }
            ),
            Shell(words, path: "/sign-in", csrf: "c5f7"),
        ]
    }

    static func frame(_ words: Words) -> [any Page] {
        let refusal = RefusalCard(
            what: words("style_refusal_what"),
            why: words("style_refusal_why"),
            now: words("style_refusal_now"),
            reference: "E-QUOTA-02"
        )
        return [
            SignInPage(
                words,
                next: "/till",
                login: "lina",
                mistakes: Mistakes([(name: "login", words: words("sign_in_mistaken"))]),
                refusal: refusal,
                demonstrators: [
                    .init(
                        login: "lina",
                        password: "demo-lina",
                        role: Role.volunteerSeller.name(in: words.language)
                    )
                ]
            ),
            SignInPage(words, next: "/"),
            HomePage(
                words,
                name: "Lina",
                figures: [.init(path: "/till", value: "3", words: words("today_tickets"))],
                tills: [.init(code: "LI1", words: "LI1 · Caisse 1")],
                scansToTill: true,
                scanGap: 60,
                mayOpen: { _ in true }
            ),
            RefusalPage(refusal: refusal),
            RefusalPage(refusal: refusal, isLocked: true),
            StylePage(words),
        ]
    }
}
