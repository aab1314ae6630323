import Postgres
public import Shop

extension Store {
    /// Writes the defaults where there are none; does nothing where there are.
    public func seedDefaults() async throws {
        let now = clock.now()
        try await transaction { tx in
            guard try tx.query("select from dated_numbers limit 1").isEmpty else { return }
            _ = try tx.pipeline(defaults(at: now, taxed: .exempt))
        }
    }

    /// What an installation begins with, as rows that anybody entitled may replace by later ones. For set-up and for the
    /// demonstration, once, in an empty installation. Prices, limits and terms are those of domain.md; where it says
    /// “assumption” the row is only where one begins.
    func defaults(at now: Instant, taxed regime: TaxRule.Regime) -> [SQL] {
        defaultNumbers(at: now) + [defaultTax(regime, at: now)] + defaultQuotas(at: now)
            + defaultOverrideMotives + defaultMotives(at: now) + defaultHelpDeskCodes(at: now)
            + defaultCeilings(at: now) + defaultGrading(at: now) + [defaultPrivacyNotice(at: now)]
            + defaultHandOverTerms(at: now) + defaultQuestionnaires(at: now)
            + defaultTrials(at: now) + defaultProducts(at: now) + defaultKits(at: now)
            + defaultImpactFactors(at: now)
    }

    /// What a year of further use avoids, as press and resellers quote the agency's study (librairie.ademe.fr, 5241): a laptop
    /// 27 kg of CO2, 127 kg of materials and 314 g of waste, a smartphone 24.6 and 76.9 kg, a tablet 20 and 80 kg. For a desktop
    /// no figure was confirmed, and none is given.
    private func defaultImpactFactors(at now: Instant) -> [SQL] {
        [
            """
            insert into impact_factors (device_kind, starts_on, carbon_grams, materials_grams, waste_grams, source, recorded_at)
            select device_kind, '2022-09-09', carbon_grams, materials_grams, waste_grams,
                   'ADEME, Évaluation de l’impact environnemental d’un ensemble de produits reconditionnés, septembre 2022',
                   \(now)
            from (values ('laptop', 27000, 127000, 314), ('smartphone', 24600, 76900, null), ('tablet', 20000, 80000, null))
                 f (device_kind, carbon_grams, materials_grams, waste_grams)
            """
        ]
    }

    private func defaultNumbers(at now: Instant) -> [SQL] {
        numbers.map { number in
            """
            insert into dated_numbers (name, starts_on, amount, recorded_at)
            values (\(number.name), \(firstDay), \(number.amount), \(now))
            """
        }
    }

    /// Sales to people in need by a body of general interest are exempt (CGI 261-7-1° b); the margin
    /// scheme and the normal one tax at the normal rate (CGI 278).
    private func defaultTax(_ regime: TaxRule.Regime, at now: Instant) -> SQL {
        let rate =
            switch regime {
            case .exempt, .franchise: 0
            case .margin, .normal: 2000
            }
        return """
            insert into vat_rules (id, regime, rate_bp, starts_on, recorded_at)
            values (\(newID(TaxRule.self)), \(regime), \(rate), \(firstDay), \(now))
            """
    }

    /// A computer per household and a smartphone per person in 24 months (domain.md, 3: an assumption); 30 € of recharges
    /// a month and a person, the one limit with a source (2013). Screens and tablets are limited by rights alone.
    private func defaultQuotas(at now: Instant) -> [SQL] {
        let all: SQL = "'{voucher,completion}', '{sale,gift}'"
        let computers = DeviceKind.allCases.filter(DeviceKind.computers.contains)
        let smartphones = [DeviceKind.smartphone]
        return [
            """
            insert into quota_rules (code, starts_on, category, device_kinds, holder, span, months, units_max, cents_max,
                origins, exits, recorded_at)
            values ('computer-per-household', \(firstDay), 'equipment', \(computers), 'household', 'sliding_months', 24,
                1, null, \(all), \(now)),
                ('smartphone-per-person', \(firstDay), 'equipment', \(smartphones), 'person', 'sliding_months', 24,
                1, null, \(all), \(now)),
                ('recharges-per-month', \(firstDay), 'connection', null, 'person', 'calendar_month', 1, null, 3000,
                \(all), \(now))
            """
        ]
    }

    /// Why somebody may be let go beyond a limit. Nothing that tells of anybody's health, belief or origin.
    private var defaultOverrideMotives: [SQL] {
        let motives = [
            ("separation", "Séparation du foyer", "The household has separated"),
            ("broken", "Appareil perdu ou hors d’usage", "Device lost or beyond repair"),
            ("studies", "Études ou formation", "Studies or training"),
            ("work", "Recherche d’emploi ou travail", "Job search or work"),
            ("large-household", "Foyer nombreux", "Large household"),
            ("structure", "Demande de la structure partenaire", "Asked by the partner structure"),
            ("slip", "Erreur d’un ticket précédent", "Slip on an earlier ticket"),
        ]
        return motives.enumerated().map { index, motive in
            """
            insert into override_motives (code, position, name_fr, name_en, starts_on)
            values (\(motive.0), \(index + 1), \(motive.1), \(motive.2), \(firstDay))
            """
        }
    }

    /// What may be asked for a machine that a public body gave: CG3P L.3212-2, decree of 7 November 2022. An all-in-one is
    /// a desktop with its screen.
    private func defaultCeilings(at now: Instant) -> [SQL] {
        let ceilings: [(kind: String, cents: Int)] = [
            ("laptop", 180_00), ("desktop", 150_00), ("all_in_one", 150_00), ("tablet", 100_00),
            ("smartphone", 100_00), ("screen", 30_00),
        ]
        return ceilings.map { ceiling in
            """
            insert into price_ceilings (device_kind, starts_on, cents_max, recorded_at)
            values (\(ceiling.kind), '2022-11-07', \(ceiling.cents), \(now))
            """
        }
    }

    /// “Reconditionné” promises that every function was tried (code de la consommation R.122-4).
    private func defaultTrials(at now: Instant) -> [SQL] {
        trials.flatMap { kind, trials in
            inspectionListRows(of: kind, from: firstDay, trials.map(\.item), at: now, by: nil)
        }
    }

    /// Plain needs, of no special category: a beginning that each shop words as it likes.
    private func defaultMotives(at now: Instant) -> [SQL] {
        referralMotives.map { motive in
            """
            insert into motives (code, starts_on, name_fr, name_en, withdrawn, recorded_at)
            values (\(motive.code), \(firstDay), \(motive.french), \(motive.english), false, \(now))
            """
        }
    }

    private func defaultProducts(at now: Instant) -> [SQL] {
        catalogue.flatMap { entry -> [SQL] in
            let id = newID(Product.self)
            let product: SQL = """
                insert into products (id, code, kind, device_kind, category, name_fr, name_en, operator, delivery,
                    recorded_at)
                values (\(id), \(entry.code), \(entry.kind), \(entry.deviceKind), \(entry.category), \(entry.french),
                    \(entry.english), \(entry.operatorName), \(entry.delivery), \(now))
                """
            guard let price = entry.cents else { return [product] }
            return [
                product,
                """
                insert into offers (product_id, starts_on, price_cents, volume_mb, valid_days, recorded_at)
                values (\(id), \(firstDay), \(price), \(entry.volumeMB), \(entry.validDays), \(now))
                """,
            ]
        }
    }
}

/// Before any voucher, sale or course that is ever recorded.
public let firstDay = Day(10_957)  // 1 January 2000

private let referralMotives: [(code: String, french: String, english: String)] = [
    ("minimum-income", "Bénéficiaire d’un minimum social", "On a minimum benefit"),
    ("low-income", "Reste à vivre faible", "Little left to live on"),
    ("job-seeker", "En recherche d’emploi", "Looking for work"),
    ("student", "Jeune ou en formation", "Young, or in training"),
    ("parent", "Parent d’élève", "Parent of a pupil"),
    ("no-equipment", "Foyer sans équipement", "Household without equipment"),
    ("no-connection", "Foyer sans connexion", "Household without a connection"),
    ("procedures", "Démarches en ligne à faire", "Has things to do online"),
    ("digital-help", "Peu à l’aise avec le numérique", "Not at ease with digital tools"),
]

private let numbers: [(name: String, amount: Int64)] = [
    // Rights last nine months, a voucher is presented within three of its signature (domain.md, 1).
    ("right_voucher_months", 9),
    ("right_completion_months", 9),
    ("voucher_presented_months", 3),
    // How long a prescriber who signs may let a voucher hold: no longer than rights last.
    ("signed_voucher_months_most", 9),
    // Renewable once (domain.md, 1), from so many days before its end until so many after.
    ("voucher_renewals_most", 1),
    ("voucher_renewal_days", 60),
    // Pages of one signed sheet, each a photograph, and a few taken again.
    ("signed_sheets_most", 20),
    // How often a prescriber sends one voucher by mail.
    ("voucher_mails_a_day_most", 5),
    // And one prescriber, whatever the voucher.
    ("prescriber_mails_a_day_most", 50),
    // How many people one structure may have on a run that another one mobilises, enrolled or waiting.
    ("structure_enrolments_most", 10),
    // What a voucher opens for each person it names, unless it says otherwise.
    ("right_voucher_equipment_units", 1),
    // The same of visits to the help desk; 0: as many as come.
    ("right_voucher_help_desk_units", 0),
    // Legal guarantee of second-hand goods: two years, the defect presumed old for one (domain.md, 3).
    ("guarantee_months", 24),
    ("presumption_months", 12),
    // By which a repair makes the guarantee longer, and how long an exchange guarantees anew (domain.md, 3).
    ("repair_guarantee_months", 6),
    ("exchange_guarantee_months", 24),
    // The shop's own guarantee on what is given.
    ("gift_guarantee_months", 12),
    // A day of business ends at midnight; later where a shop sells in the evening.
    ("day_ends_minutes", 0),
    // A ticket printed for the first time later than this is a duplicate.
    ("original_print_minutes", 60),
    // A clock that went back no further than this is let pass.
    ("clock_tolerance_seconds", 300),
    // Beyond these a price on the shelf is asked about: what the shop's own machines cost, an assumption to correct.
    ("usual_laptop_cents_min", 70_00), ("usual_laptop_cents_max", 150_00),
    ("usual_desktop_cents_min", 30_00), ("usual_desktop_cents_max", 150_00),
    ("usual_all_in_one_cents_min", 50_00), ("usual_all_in_one_cents_max", 150_00),
    ("usual_tablet_cents_min", 20_00), ("usual_tablet_cents_max", 100_00),
    ("usual_smartphone_cents_min", 20_00), ("usual_smartphone_cents_max", 100_00),
    ("usual_screen_cents_min", 5_00), ("usual_screen_cents_max", 40_00),
    // How many days after the one of its granting an exception may still help.
    ("override_days", 7),
    // Questionnaires of the course: at entry until so many days after the first session; six months after its end (domain.md,
    // 4); the last two for so long; a run is over once nothing was held or planned for so many days.
    ("questionnaire_entry_days", 14),
    ("questionnaire_months", 6),
    ("questionnaire_window_months", 2),
    ("questionnaire_quiet_days", 30),
    // Counts under so many persons are hidden from who may not see rows (domain.md, 5; B9).
    ("cell_least", 11),
    // Flash is made for so much writing; a sector that went bad is a warning, many are an end. A bad sector announces a
    // failure (Backblaze drive statistics, SMART 5 and 197); how many are too many is an assumption.
    ("disk_watch_percent", 80),
    ("code_retry_minutes", 10),
    ("disk_replace_percent", 100),
    ("disk_replace_sectors", 50),
    // A bench that nobody watches: files that wait for somebody, machines taken in and megabytes sent on a day.
    ("station_files_waiting", 500),
    ("station_devices_a_day", 2000),
    ("station_megabytes_a_day", 1000),
    // Of a machine: its faces, its keyboard, its label and a fault or two.
    ("device_pictures", 6),
    // From when a machine waits too long at the bench, and stands too long on the shelf: where one begins.
    ("board_bench_days", 30),
    ("board_shelf_days", 60),
    // A day at the counter, and a coffee.
    ("sign_in_hours", 12),
    ("sign_in_idle_minutes", 30),
]
