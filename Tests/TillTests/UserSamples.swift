import Foundation
import Shop
@testable import Store

@testable import Till

extension Samples {
    static func users(_ words: Words) throws -> [any Page] {
        let refusal = RefusalCard(Refusal(.lastAdministrator), in: words.language)
        let key: () -> ID<Claim> = { ID(UUID()) }
        let shop = ListedShop(id: ID(UUID()), code: "LI", name: "Lille Fives", city: "Lille")
        let till = ListedTill(
            id: ID(UUID()),
            code: "LI1",
            name: "Caisse 1",
            shop: "LI",
            scanGapMs: 60
        )
        let lina = ListedUser(
            id: ID(UUID()),
            login: "lina.b",
            operatorCode: "LB1",
            name: "Lina B.",
            language: .french,
            roles: [HeldRole(role: .volunteerSeller, shop: "LI")],
            credentials: ["badge", "password", "pin"],
            disablements: []
        )
        let hugo = ListedUser(
            id: ID(UUID()),
            login: "hugo",
            operatorCode: "HG",
            name: "Hugo <b>",
            language: .french,
            roles: [],
            credentials: ["password"],
            disablements: [
                ListedDisablement(
                    disabledAt: Instant(microseconds: 2),
                    disabledBy: "LB1",
                    endedAt: nil,
                    endedBy: nil
                ),
                ListedDisablement(
                    disabledAt: Instant(microseconds: 0),
                    disabledBy: "LB1",
                    endedAt: Instant(microseconds: 1),
                    endedBy: "LB1"
                ),
            ]
        )
        let staff = Staff(
            id: lina.id,
            operatorCode: "LB1",
            name: "Lina B.",
            language: .french,
            firstDay: true,
            roles: [],
            till: TillPlace(
                id: till.id,
                code: "LI1",
                name: "Caisse 1",
                shop: shop.id,
                shopCode: "LI",
                shopName: "Lille Fives"
            )
        )
        let away = Staff(
            id: hugo.id,
            operatorCode: "HG",
            name: "Hugo",
            language: .english,
            firstDay: false,
            roles: [],
            till: nil
        )
        func line(_ user: ListedUser) -> SettingsPage.UserLine {
            SettingsPage.UserLine(
                login: user.login,
                path: "/users/\(user.login)",
                name: user.name,
                operatorCode: user.operatorCode,
                roles: user.roleWords(words),
                isDisabled: user.isDisabled
            )
        }
        return [
            AccountPage(words, staff, tills: [till], keys: (key(), key()), refusal: refusal),
            AccountPage(words, away, tills: [], keys: (key(), key())),
            SettingsPage(
                refusal: refusal,
                shops: [
                    .init(
                        code: "LI",
                        name: "Lille Fives",
                        city: "Lille",
                        tills: [.init(path: "/tills/LI1", words: "LI1 Caisse 1")]
                    )
                ],
                users: [line(lina), line(hugo)],
                pager: Pager(first: "/settings", next: "/settings?after=lina.b", words: "50"),
                browsers: [
                    .init(
                        BrowserAtTill(
                            id: ID(UUID()),
                            till: "LI1",
                            shop: "LI",
                            enrolledAt: Instant(microseconds: 0),
                            enrolledBy: "LB1",
                            seenAt: nil
                        ),
                        words,
                        key: key()
                    )
                ],
                hasBrowsers: true,
                forms: SettingsPage.Forms(
                    words,
                    shops: [shop],
                    everyShop: true,
                    keys: (key(), key())
                )
            ),
            SettingsPage(
                refusal: nil,
                shops: [],
                users: [],
                pager: nil,
                browsers: [],
                hasBrowsers: false,
                forms: nil
            ),
            UserPage(
                words,
                lina,
                shops: [shop],
                everyShop: false,
                key: key,
                badge: BadgeCode(random: Array(repeating: 7, count: 16)),
                refusal: refusal
            ),
            UserPage(words, hugo, shops: [shop], everyShop: true, key: key),
            TillSettingsPage(words, till, key: key(), refusal: refusal, typed: "900"),
            TillSettingsPage(words, till, key: key()),
            try ScannerPage(words, till: "LI1", gap: 60, settings: "/tills/LI1"),
            try ScannerPage(words, till: nil, gap: 60, settings: nil),
        ]
    }
}
