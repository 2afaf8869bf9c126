"""The words of dates: months, week days, fillers and zones, without accents.

English, German, French and Spanish. Abbreviations that name several zones (CST, IST)
are left out: their times are read as UTC and counted.
"""

MONTHS = (
    "january jan januar janner janvier janv enero ene",
    "february feb februar fevrier fevr fev febrero",
    "march mar marz mrz mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug aout agosto ago",
    "september sept sep septembre septiembre set",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez decembre diciembre dic",
)
MONTH_NUMBER = {name: n for n, names in enumerate(MONTHS, 1) for name in names.split()}
FILLER_WORDS = (
    "monday mon tuesday tues tue wednesday wed thursday thurs thur thu friday fri "
    "saturday sat sunday sun montag mo dienstag di mittwoch mi donnerstag do freitag "
    "fr samstag sonnabend sa sonntag so lundi mardi mercredi jeudi vendredi samedi "
    "dimanche lunes martes miercoles jueves viernes sabado domingo "
    "at on of um uhr der den le a de del el las"
).split()
ZONE_MINUTES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60,
    "cest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "hkt": 480,
    "sgt": 480, "jst": 540, "kst": 540, "aest": 600, "edt": -240, "est": -300,
    "cdt": -300, "mdt": -360, "mst": -420, "pdt": -420, "pst": -480,
}  # fmt: skip
