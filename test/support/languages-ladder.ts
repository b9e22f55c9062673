/** A German ladder with titles in English, and with words of further languages in every kind of text. */
export const manyLanguages = (locale: string): string => `title: Engineering Ladder
title-lang: en
edition: "2026.1"
effective: 2026-01-01
locale: ${locale}
style: additive
intro: Worum es geht, und die [raison d’être]{lang=fr}.
sections:
  - title: Career growth
    title-lang: en
    text: Zweimal im Jahr, mit einem [**one**-on-one]{lang=en}.
tracks:
  - id: ic
    name: Fachlaufbahn
    dimensions:
      - group: Craftsmanship
        group-lang: en
        summary: Was man kann, [in practice]{lang=en}
        dimensions:
          - { id: craft, name: Handwerk, summary: "Mit [savoir-faire]{lang=fr}" }
          - { id: oncall, name: On-call duty, name-lang: en }
    levels:
      - id: dev
        title: Entwicklerin
        summary: Löst Aufgaben [from end to end]{lang=en}.
        expectations:
          craft: |
            - Trennt Belange ([separation of *concerns*]{lang=en})
            - Grüßt mit [שלום!]{lang=he}
            - Kennt das [[style guide](https://example.com/style)]{lang=en-GB}
          oncall: Ist in Bereitschaft
      - id: lead
        title: Tech Lead
        title-lang: en
        aliases: ["[Chef technique]{lang=fr}"]
        equivalent: { to: em, note: "nach der [probation]{lang=en}" }
        expectations:
          craft: { summary: "Führt mit [poise]{lang=en}", statements: "Sagt auch [no]{lang=en}" }
          oncall: { empty: same-as-previous }
  - id: mg
    name: People management
    name-lang: en
    opens-from: [dev]
    levels:
      - { id: em, title: Engineering Manager, title-lang: en, statements: Führt ein Team }
`

/** A ladder in Arabic, with a word of English and a link. */
export const rightToLeft = `title: سلّم المهندسين
edition: "2026"
effective: 2026-01-01
locale: ar
intro: مقدمة عن السلّم، مع [team charter]{lang=en}.
tracks:
  - id: ic
    name: المهندسون
    dimensions: [{ id: craft, name: الحرفة }, { id: people, name: الناس }]
    levels:
      - id: engineer
        title: مهندس
        expectations:
          craft: |
            - يبني البرامج ويختبرها (100%)
            - يكتب وفق [الدليل](https://example.com/guide)
            - Reviews code (all of it).
          people: يساعد زملاءه
      - id: senior
        title: مهندس أول
        equivalent: manager
        expectations: { craft: يصمم الأنظمة, people: يعلّم غيره }
  - id: mg
    name: المديرون
    opens-from: [engineer]
    levels:
      - { id: manager, title: مدير, statements: يقود فريقًا }
`
